// What happened at the stop of the time bar under the pointer.

import { h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { TimeBar } from "./time.ts";
import { THUMB } from "./time_ticks.ts";

interface Deps {
  texts: Pick<Texts, "stops">;
  record: RecordTexts;
  time: TimeBar;
  language: Language;
}
const TITLES = 2;

export function createTips({ texts: { stops }, record, time, language }: Deps): void {
  const { track } = time;
  const [day, titles] = [h("b"), h("span")];
  const tip = h("div", { class: "atlas-tip", "aria-hidden": "true", hidden: true }, day, titles);
  track.append(tip);
  track.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = track.getBoundingClientRect();
    const share = (clientX - left - THUMB / 2) / (width - THUMB);
    const on = stops[Math.max(0, Math.min(stops.length - 1, Math.round(share * (stops.length - 1))))];
    if (!on) return;
    write(day, language.date(on));
    record.write(titles, time.headline(on).slice(0, TITLES).join(" · "));
    tip.hidden = false;
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.max(half - 40, Math.min(width - half + 20, clientX - left))}px`;
  });
  for (const leave of ["pointerleave", "pointerup"])
    track.addEventListener(leave, () => {
      tip.hidden = true;
    });
}
