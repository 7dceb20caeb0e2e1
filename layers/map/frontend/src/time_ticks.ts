// The marks of the time bar: a tick at every stop, and below it the years and the months of the autumn of 2020.

import type { Day } from "./contract.ts";
import { h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Texts } from "./payload.ts";

const THUMB = 18;

export function createTicks(
  { stops, styles }: Pick<Texts, "stops" | "styles">,
  byDay: ReadonlyMap<Day, AtlasEvent[]>,
  language: Language,
) {
  const marks = h("div", { class: "atlas-ticks", "aria-hidden": "true" });
  const years = h("div", { class: "atlas-years", "aria-hidden": "true" });
  const share = (index: number) => index / Math.max(1, stops.length - 1);
  for (const [index, day] of stops.entries()) {
    const events = byDay.get(day) ?? [];
    const clause = events.find((event) => event.clauses?.length)?.clauses?.[0];
    const tick = h("i", { class: events.some((event) => event.transfers) ? "is-tall" : "" });
    // The thumb's middle is half its width from either end of the track.
    tick.style.left = `calc(${100 * share(index)}% + ${THUMB / 2 - THUMB * share(index)}px)`;
    tick.style.background = (clause && styles.clauses[clause]) || "#9a958a";
    marks.append(tick);
  }

  // As many words as there is space for, the most important first.
  const drawYears = () => {
    const room = (years.clientWidth || 600) - THUMB;
    const taken: [number, number][] = [];
    const labels = wordsBelow(stops, language).flatMap(({ index, text, rank }) => {
      const half = text.length * 4 + 5;
      const first = taken[0];
      const least = rank === 1 && first ? first[1] + half : half - 4;
      const x = Math.max(least, Math.min(room + 22 - half, THUMB / 2 + room * share(index)));
      if (taken.some(([from, to]) => x + half > from && x - half < to)) return [];
      taken.push([x - half, x + half]);
      const node = h("span", {}, text);
      node.style.left = `${x}px`;
      return [node];
    });
    years.replaceChildren(...labels);
  };
  return { marks, years, drawYears };
}

interface Below {
  index: number;
  text: string;
  /** 0 is told first. */
  rank: number;
}

function wordsBelow(stops: readonly Day[], language: Language): Below[] {
  const firsts = (length: number) =>
    stops.flatMap((day, index) =>
      stops[index - 1]?.slice(0, length) === day.slice(0, length) ? [] : [{ day, index }],
    );
  const years = firsts(4).map(({ day, index }) => ({
    index,
    text: day.slice(0, 4),
    rank: index === 0 ? 0 : day.startsWith("2020") ? 1 : 2,
  }));
  const months = firsts(7).filter(({ day }) => day.startsWith("2020"));
  return [...years, ...months.map(({ day, index }) => ({ index, text: language.month(day), rank: 3 }))].sort(
    (a, b) => a.rank - b.rank,
  );
}
