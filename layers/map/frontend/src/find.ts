// Finding a place by any form of its name, regardless of case and accents.

import type { Place } from "./payload.ts";

export interface Hit {
  place: Place;
  /** The form of its name that fits. */
  form: string;
}
interface Entry extends Hit {
  key: string;
}
const FORMS = ["neutral", "az", "hy", "ru"];
const MOST = 8;

/** A name without case and accents; the Armenian ligature և is written out, however it is typed. */
export const fold = (text: string): string =>
  text
    .toLocaleLowerCase("az")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ı", "i")
    .replaceAll("ə", "e")
    .replaceAll("և", "եվ")
    .replaceAll("եւ", "եվ");

/** How well an entry fits: whole, from its start, anywhere. */
const fit = ({ key }: Entry, asked: string): number => (key === asked ? 0 : key.startsWith(asked) ? 1 : 2);

/** Makes the search over places: the best hits first, at most eight, each place once. */
export function createFinder(places: readonly Place[]): (text: string) => Hit[] {
  const entries = places.flatMap((place) =>
    FORMS.flatMap((form) => place.names[form]?.split(" / ") ?? []).map(
      (form): Entry => ({ place, form, key: fold(form) }),
    ),
  );
  return (text) => {
    const asked = fold(text.trim());
    if (!asked) return [];
    const hits = entries.filter(({ key }) => key.includes(asked));
    hits.sort((a, b) => fit(a, asked) - fit(b, asked) || (a.place.rank ?? 4) - (b.place.rank ?? 4));
    const once = new Map<string, Hit>();
    for (const hit of hits) if (!once.has(hit.place.id)) once.set(hit.place.id, hit);
    return [...once.values()].slice(0, MOST);
  };
}
