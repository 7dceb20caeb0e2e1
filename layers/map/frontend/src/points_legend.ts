// Tells the map's legend (legend.ts) which marks of the reader's own points are drawn. The legend may come after the points,
// so what is told stands on the map's element.

import type { PointsData } from "./points.ts";

/** A mark: its colour as #rrggbb, whether it is hollow, and what it means. */
export type OwnMark = [colour: string, hollow: boolean, words: string];
export const OWN_MARKS = "atlas-own-marks";
const BLACK = "#14181a";

/** The marks of some points, one for each holder, one for doubt, one for what lies outside. */
export function marksOf({ points, holders, words }: PointsData, [from, to]: [number, number]): OwnMark[] {
  const seen = new Set(points.holder.slice(from, to));
  const unsure = points.certain.slice(from, to).some((certain, i) => !certain && (points.holder[from + i] ?? -1) >= 0);
  const held = holders.flatMap(([name, colour], i): OwnMark[] => (seen.has(i) ? [[colour, false, name]] : []));
  if (unsure) held.push([BLACK, true, words.unsure]);
  if (seen.has(-1)) held.push([BLACK, false, words.outside]);
  return held;
}

export function tellLegend(box: HTMLElement, marks: OwnMark[]): void {
  const root = box.closest<HTMLElement>(".atlas");
  const told = JSON.stringify(marks);
  if (!root || root.dataset.ownMarks === told) return;
  root.dataset.ownMarks = told;
  root.dispatchEvent(new CustomEvent(OWN_MARKS));
}
