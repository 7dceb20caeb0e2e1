// What happened at the stop of the time bar under the pointer.

import { h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./payload.ts";
import type { TimeBar } from "./time.ts";

const THUMB = 18;
const TITLES = 2;

export function createTips({ stops }: Pick<Texts, "stops">, time: TimeBar, language: Language): void {
  const { track } = time;
  const [day, titles] = [h("b"), h("span", { lang: "en" })];
  const tip = h("div", { class: "atlas-tip", "aria-hidden": "true", hidden: true }, day, titles);
  track.append(tip);
  track.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = track.getBoundingClientRect();
    const share = (clientX - left - THUMB / 2) / (width - THUMB);
    const on = stops[Math.max(0, Math.min(stops.length - 1, Math.round(share * (stops.length - 1))))];
    if (!on) return;
    write(day, language.date(on));
    write(titles, time.headline(on).slice(0, TITLES).join(" · "));
    tip.hidden = false;
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.max(half - 40, Math.min(width - half + 20, clientX - left))}px`;
  });
  for (const leave of ["pointerleave", "pointerup"])
    track.addEventListener(leave, () => {
      tip.hidden = true;
    });
}
