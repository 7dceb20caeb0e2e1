// Things that hold from one day up to, not including, another. Days are ISO text, which sorts as the days do.

import type { Day } from "./contract.ts";
import type { Dated, Piece, Span } from "./payload.ts";

export const DAY_MS = 86_400_000;
/** A day as the days since 1970-01-01, and back. */
export const dayNumber = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
export const isoDay = (day: number): Day => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const holds = (item: Dated, day: Day): boolean => (item.since ?? "") <= day && day < (item.until ?? "9999");

/** The span of a piece that holds on a day: spans follow one another without a gap. */
export function spanOn(piece: Piece, day: Day): Span {
  const span = piece.spans.find((one) => holds(one, day));
  if (!span) throw new Error(`${piece.piece} has no span on ${day}`);
  return span;
}

/** Whether a text is a day that the calendar has, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+day) && day.toISOString().slice(0, 10) === text;
}

/** Stretches of time joined where they meet; an open end is "9999", an open start "". */
export function joined(items: readonly Dated[]): [since: Day, until: Day][] {
  const stretches = items
    .map((item): [Day, Day] => [item.since ?? "", item.until ?? "9999"])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const found: [Day, Day][] = [];
  for (const [since, until] of stretches) {
    const last = found.at(-1);
    if (last && since <= last[1]) last[1] = until > last[1] ? until : last[1];
    else found.push([since, until]);
  }
  return found;
}
