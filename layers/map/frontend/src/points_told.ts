// What is drawn of the reader's own points (points.ts), in words: it says what is on the map, and no more.

export type Mode = "all" | "around" | "dates";
export type Words = Record<
  "every" | "near" | "count" | "none" | "hint" | "zoom" | "picture" | "unsure" | "outside" | "group" | Mode,
  string
>;
interface Counts {
  drawn: number;
  on: number;
  before: number;
  all: number;
}

/** How many points are on the map, in words. */
export function told(words: Words, mode: Mode, counts: Counts): string {
  const dated = counts.on ? words.count : words.none;
  const sentence = { all: words.every, around: words.near, dates: dated }[mode];
  const figure = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/gu, () => words.group);
  const value = (name: string) => figure(counts[name as "on"]);
  return `${sentence.replace(/\{(on|before|all|drawn)\}/g, (_all, name: string) => value(name))} ${words.hint}`;
}
