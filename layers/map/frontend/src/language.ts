// Interface words, names and dates in the reader's language. The key of a word is its English form. The build collects
// the words of all calls of t and word (layers/wording), so both take literals only.

import type { Day } from "./contract.ts";
import type { LatLng, Names, TimelineRow } from "./payload.ts";
import type { Words } from "./words.ts";

export type Values = Record<string, string | number>;

/** Marks a word that is translated elsewhere, where it is shown. */
export const word = (english: string): string => english;

export interface Language {
  /** A word with its values filled in. */
  t(english: string, values?: Values): string;
  /** The leading form of a name; the neutral one where that form is missing. */
  name(names: Names | undefined): string;
  /** What a layer is called: where its neutral form is one name and not two, that of the language is as neutral. */
  layer(names: Names | undefined): string;
  /** The language of that form, as HTML wants it. */
  nameLang(names: Names): string;
  /** "25 November 2020". */
  date(day: Day | null | undefined): string;
  /** "25 Nov 2020". */
  brief(day: Day | null | undefined): string;
  /** "25 Nov". */
  dayMonth(day: Day): string;
  /** The short name of a day's month. */
  month(day: Day): string;
  /** An EDTF date in words: a day, a month, a year or an interval. */
  edtf(text: string | undefined): string;
  number(value: number, digits?: number): string;
  /** "1.5 km", "300 m". */
  length(metres: number, digits?: number): string;
  /** "3.4 km²", "842 km²". */
  area(km2: number, digits?: number): string;
  /** "39.8265° N, 46.7656° E". */
  position(at: LatLng): string;
  /** The sentences about an obligation's deadline on a day. */
  deadline(row: TimelineRow): { deadline: string; lateness: string };
  /** The words of a language, where they are here. */
  words(lang: string): Words | undefined;
  has(lang: string): boolean;
  add(lang: string, words: Words): void;
}

/** A sentence with its values in place of their names in braces. */
export const filled = (pattern: string, values: Values): string =>
  pattern.replace(/\{(\w+)\}/g, (all, key: string) => (key in values ? String(values[key]) : all));

/** `chosen` says which language and which form of names the reader wants now. */
export function createLanguage(
  catalogues: Record<string, Words> & { en: Words },
  chosen: () => { lang: string; names: string },
): Language {
  const written = new Map<string, string>();
  /** The form of names that leads: the one chosen, or that of the language; English has none but the neutral one. */
  const form = (): string => (chosen().names === "lang" ? chosen().lang : chosen().names);
  const now = (): Words => catalogues[chosen().lang] ?? catalogues.en;

  // Days as the language writes them; `first` makes it an interval within a month.
  const write = (day: Day, style: "long" | "brief", first = ""): string => {
    const key = [chosen().lang, style, first, day].join();
    const known = written.get(key);
    if (known !== undefined) return known;
    const { dates } = now();
    const [y = "", m = "1", d = ""] = day.split("-");
    const months = style === "brief" ? dates.short : dates.months;
    const number = String(Number(d));
    const text = filled(dates[style], { y, m: months[Number(m) - 1] ?? m, d: first ? `${first}–${number}` : number });
    written.set(key, text);
    return text;
  };
  const date = (day: Day | null | undefined) => (day ? write(day, "long") : "");
  const edtf = (text: string | undefined): string => {
    if (!text) return "";
    const [first = "", last] = text.split("/");
    if (last && first.slice(0, 7) === last.slice(0, 7) && last.length === 10)
      return write(last, "long", String(Number(first.slice(8))));
    if (last) return `${edtf(first)} – ${edtf(last)}`;
    if (/^\d{4}-\d{2}$/.test(text)) return `${now().dates.alone[Number(text.slice(5)) - 1]} ${text.slice(0, 4)}`;
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text;
  };
  const t: Language["t"] = (english, values = {}) => filled(now().words[english] ?? english, values);
  const number: Language["number"] = (value, digits = 0) => {
    const [decimal, group] = now().numbers;
    const [whole = "", part] = value.toFixed(digits).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part && Number(part) ? decimal + part : "");
  };
  const name = (names: Names | undefined, wanted = form()) => (names ? (names[wanted] ?? names.neutral) : "");
  return {
    t,
    name: (names) => name(names),
    layer: (names) =>
      name(names, chosen().names === "neutral" && !names?.neutral.includes(" / ") ? chosen().lang : form()),
    nameLang: (names) => (names[form()] && form() !== "neutral" ? form() : "en"),
    date,
    brief: (day) => (day ? write(day, "brief") : ""),
    dayMonth: (day) => {
      const { dates } = now();
      const [, m = "1", d = "1"] = day.split("-");
      return filled(dates.brief.replace(/[,.]?\s*\{y\}.*$/, ""), { m: dates.short[Number(m) - 1] ?? m, d: Number(d) });
    },
    month: (day) => now().dates.short[Number(day.slice(5, 7)) - 1] ?? "",
    edtf,
    number,
    length: (metres, digits = 1) =>
      metres >= 1000 ? t("{n} km", { n: number(metres / 1000, digits) }) : t("{n} m", { n: number(metres) }),
    area: (km2, digits = km2 < 100 ? 1 : 0) => t("{n} km²", { n: number(km2, digits) }),
    position: ([lat, lng]) => t("{lat}° N, {lon}° E", { lat: number(lat, 4), lon: number(lng, 4) }),
    deadline: ({ words }) => {
      const [deadline = "", lateness = ""] = now().deadlines[words] ?? [];
      return { deadline, lateness };
    },
    words: (lang) => catalogues[lang],
    has: (lang) => lang in catalogues,
    add: (lang, words) => {
      catalogues[lang] = words;
      written.clear();
    },
  };
}
