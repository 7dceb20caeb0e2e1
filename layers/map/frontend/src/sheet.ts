// On a phone the drawer is a sheet from below with three heights: a strip, half of the screen, nearly all of it. Its grip is
// dragged, or pressed to go from one to the next.

import { h, label } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";

/** Shares of the map's height. */
const HEIGHTS = [0.2, 0.54, 0.92];
const DRAG_PX = 6;

export function createSheet(root: HTMLElement, store: Store, { t }: Language): void {
  const side = root.querySelector<HTMLElement>(".atlas-side");
  if (!side) return;
  const grip = h("button", { type: "button", class: "atlas-grip" });
  side.prepend(grip);
  let now = HEIGHTS[1] ?? 0.5;
  let from: number | null = null;
  let moved = false;
  const set = (share: number) => {
    now = share;
    side.style.setProperty("--sheet", `${Math.round(100 * share)}%`);
  };
  const nearest = () =>
    HEIGHTS.reduce((best, one) => (Math.abs(one - now) < Math.abs(best - now) ? one : best), HEIGHTS[0] ?? now);
  grip.addEventListener("pointerdown", ({ clientY, pointerId }) => {
    from = clientY;
    moved = false;
    grip.setPointerCapture(pointerId);
  });
  grip.addEventListener("pointermove", ({ clientY }) => {
    if (from === null) return;
    moved ||= Math.abs(clientY - from) > DRAG_PX;
    const { bottom, height } = root.getBoundingClientRect();
    if (moved) set(Math.max(0.1, Math.min(0.95, (bottom - clientY) / height)));
  });
  grip.addEventListener("pointerup", () => {
    from = null;
    if (moved) set(nearest());
  });
  grip.addEventListener("click", () => {
    if (!moved) set(HEIGHTS[(HEIGHTS.indexOf(nearest()) + 1) % HEIGHTS.length] ?? now);
    moved = false;
  });
  store.follow(["lang"], () => label(grip, t("Height of this sheet")));
}
