// The marks of the time bar. Above it three lanes (force, clause, diplomacy) with a tick at every stop where something of
// the kind happened, and the key days; below it the years; and a break wherever years without a stop are left out.

import type { Day } from "./contract.ts";
import { dayNumber } from "./dates.ts";
import { h } from "./dom.ts";
import { type Language, word } from "./language.ts";
import type { AtlasEvent, Lane, Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { TimeBar } from "./time.ts";

/** Width of the bar's thumb in pixels, as css/time.css has it. */
export const THUMB = 18;
const LANES: Record<Lane, string> = { force: word("force"), clause: word("clause"), diplomacy: word("diplomacy") };
const GREY = "#6d675c";
const BREAK_DAYS = 1000;
const DISC_PX = 13;

interface Below {
  index: number;
  text: string;
  /** 0 is told first. */
  rank: number;
  hue?: string | undefined;
}

interface Deps {
  time: TimeBar;
  store: Store;
  language: Language;
  texts: Pick<Texts, "stops" | "styles" | "effect" | "obligations">;
}

/** Puts the marks into the time bar, and fits the words to its width. */
export function createTicks({ time: { track, byDay }, store, language, texts }: Deps): void {
  const { stops, styles } = texts;
  const rows = texts.obligations.flatMap(({ timelines }) => timelines.flatMap((one) => one.rows));
  const done = new Set(rows.map(([, row]) => row.done));
  const hidden = { "aria-hidden": "true" };
  const marks = h("div", { class: "atlas-ticks", ...hidden });
  const [years, keys] = [h("div", { class: "atlas-years", ...hidden }), h("div", { class: "atlas-keys", ...hidden })];
  const lanes = h("div", { class: "atlas-lanes", ...hidden });
  const share = (index: number) => index / Math.max(1, stops.length - 1);
  // The thumb's middle is half its width from either end of the track.
  const at = (index: number) => `calc(${100 * share(index)}% + ${THUMB / 2 - THUMB * share(index)}px)`;
  for (const [index, day] of stops.entries()) {
    const before = stops[index - 1];
    if (before && dayNumber(day) - dayNumber(before) > BREAK_DAYS) {
      const gap = h("b", {}, "//");
      gap.style.left = at(index - 0.5);
      marks.append(gap);
    }
    for (const event of byDay.get(day) ?? []) {
      const tick = h("i", { class: `is-${event.lane}` });
      tick.style.left = at(index);
      tick.style.background = (event.lane === "clause" && styles.clauses[event.clauses?.[0] ?? 0]) || "";
      marks.append(tick);
    }
  }
  const drawWords = () => {
    lanes.replaceChildren(...Object.values(LANES).map((lane) => h("span", {}, language.t(lane))));
    const room = (years.clientWidth || 600) - THUMB;
    const x = (index: number) => THUMB / 2 + room * share(index);
    set(years, wordsBelow(stops, language), x, room);
    set(keys, keyDays(texts, done, byDay, language), x, room);
  };
  track.prepend(keys, marks);
  track.append(years);
  track.before(lanes);
  store.follow(["lang"], drawWords);
  new ResizeObserver(drawWords).observe(track);
}

/** As many words as there is space for, the most important first. */
function set(row: HTMLElement, words: Below[], at: (index: number) => number, room: number): void {
  const taken: [number, number][] = [];
  const labels = words.flatMap(({ index, text, rank, hue }) => {
    const half = hue ? DISC_PX / 2 : text.length * 3.6 + 5;
    const first = taken[0];
    // A year follows the first one closely: between them time is left out.
    const least = rank === 1 && first && !hue ? first[1] + half : half - 4;
    const x = hue ? at(index) : Math.max(least, Math.min(room + 22 - half, at(index)));
    if (taken.some(([from, to]) => x + half > from && x - half < to)) return [];
    taken.push([x - half, x + half]);
    const node = h("span", { class: hue ? "is-clause" : "" }, text);
    node.style.left = `${x}px`;
    if (hue) node.style.background = hue;
    return [node];
  });
  row.replaceChildren(...labels);
}

/** The day of effect, the hand-overs by clause, and the first and last days of fighting over ground since. */
function keyDays(
  { stops, effect, styles: { clauses: hues } }: Deps["texts"],
  done: ReadonlySet<Day | undefined>,
  byDay: ReadonlyMap<Day, AtlasEvent[]>,
  language: Language,
): Below[] {
  const found: Below[] = [{ index: stops.indexOf(effect), text: language.dayMonth(effect), rank: 0 }];
  const fought: Day[] = [];
  for (const [index, day] of stops.entries())
    for (const { transfers, lane, clauses } of byDay.get(day) ?? []) {
      if (!transfers) continue;
      if (lane === "force") fought.push(day);
      const clause = lane === "clause" && clauses?.[0];
      if (clause && done.has(day)) found.push({ index, text: String(clause), rank: 1, hue: hues[clause] ?? GREY });
    }
  const first = fought.find((day) => day.slice(0, 4) === effect.slice(0, 4));
  const last = fought.at(-1);
  if (first) found.push({ index: stops.indexOf(first), text: language.dayMonth(first), rank: 2 });
  if (last && last > effect) found.push({ index: stops.indexOf(last), text: language.brief(last), rank: 2 });
  return found.filter(({ index }) => index >= 0).sort((a, b) => a.rank - b.rank);
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
