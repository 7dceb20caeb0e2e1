// Room that what lies over the map leaves free for a view.

/** Pixels from each side of the map's box. */
export interface Margins {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
type Rect = Pick<DOMRect, "left" | "top" | "right" | "bottom">;
type Side = keyof Margins;

const SIDES: readonly Side[] = ["left", "top", "right", "bottom"];
const GAP = 8;

/**
 * Margins of the box that keep clear of everything that lies over it. Each thing is passed on the side that leaves the
 * larger square free.
 */
export function freeOf(box: Rect, over: readonly Rect[], least: Margins): Margins {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const free = ({ left, top, right, bottom }: Margins) => Math.min(width - left - right, height - top - bottom);
  let margins = least;
  for (const one of over) {
    if (one.right <= box.left || one.left >= box.right || one.bottom <= box.top || one.top >= box.bottom) continue;
    const depth: Margins = {
      left: one.right - box.left + GAP,
      top: one.bottom - box.top + GAP,
      right: box.right - one.left + GAP,
      bottom: box.bottom - one.top + GAP,
    };
    const passed = SIDES.map((side) => ({ ...margins, [side]: Math.max(margins[side], depth[side]) }));
    margins = passed.reduce((best, next) => (free(next) > free(best) ? next : best));
  }
  // Where hardly anything is left free, the map goes under what lies over it.
  return free(margins) < 80 ? least : margins;
}

/** Margins of a view in the map's box: title, time bar, open side and open legend stay off it, except on paper. */
export function clearOf(root: HTMLElement, box: HTMLElement): Margins {
  const least = { left: 8, top: box.clientWidth < 480 ? 54 : 8, right: 8 + coverOf(root), bottom: 24 };
  if (root.classList.contains("is-print")) return least;
  const over = [...root.querySelectorAll(".atlas-side, .atlas-time, .atlas-head, .atlas-legend[open]")];
  return freeOf(
    box.getBoundingClientRect(),
    over.map((node) => node.getBoundingClientRect()).filter(({ width }) => width),
    least,
  );
}

/** Pixels that a page lays over the right side, by its style. */
export const coverOf = (root: HTMLElement) =>
  Number.parseFloat(getComputedStyle(root).getPropertyValue("--atlas-cover")) || 0;
