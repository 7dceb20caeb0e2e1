// The time bar: a native range with a stop at every day on which something changes, so months without change take no space.

import type { Day } from "./contract.ts";
import { createDateBox, type DateBox } from "./date_box.ts";
import { calm, flag, h, label, write } from "./dom.ts";
import { icon, nextIcon, pauseIcon, playIcon, previousIcon } from "./icons.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Texts } from "./payload.ts";
import type { Store } from "./store.ts";

interface Deps {
  store: Store;
  language: Language;
  texts: Pick<Texts, "stops" | "events">;
}
export interface TimeBar {
  node: HTMLElement;
  /** The day shown, where any other can be typed (date_field.ts). */
  date: DateBox;
  /** Titles of what happened on a day. */
  headline(day: Day): string[];
  /** The bar itself; its marks come after the first paint (time_ticks.ts). */
  track: HTMLElement;
  /** What happened, by day. */
  byDay: ReadonlyMap<Day, AtlasEvent[]>;
  stop(): void;
}
/** Milliseconds a stop, from slow to fast. */
const PACES = [2200, 1100, 450];

export function createTimeBar({ store, language, texts }: Deps): TimeBar {
  const { stops } = texts;
  const byDay = eventsByDay(texts.events);
  const step = (...content: (SVGElement | string)[]) => h("button", { type: "button", class: "atlas-step" }, content);
  const range = h("input", { type: "range", min: 0, max: stops.length - 1, step: 1, class: "atlas-range" });
  const date = createDateBox(language);
  const [back, next, play] = [step(icon(previousIcon)), step(icon(nextIcon)), step(icon(playIcon))];
  const pace = h(
    "select",
    { class: "atlas-select atlas-pace" },
    PACES.map((ms) => h("option", { value: ms, selected: ms === 1100 })),
  );
  const track = h("div", { class: "atlas-track" }, range);
  const node = h("div", { class: "atlas-time", role: "group" }, back, play, next, pace, track, date.node);
  play.classList.add("atlas-play");

  const indexOf = (day: Day) =>
    Math.max(
      0,
      stops.findLastIndex((stop) => stop <= day),
    );
  const headline = (day: Day) => (byDay.get(day) ?? []).map((event) => event.title);
  const go = (index: number, origin: "reader" | "play" = "reader") => {
    const on = stops[Math.max(0, Math.min(stops.length - 1, index))];
    if (on) store.dispatch({ on }, origin);
  };
  const toEvent = (forward: boolean) => {
    const days = stops.filter((day) => byDay.has(day));
    const on = forward ? days.find((one) => one > store.state.on) : days.findLast((one) => one < store.state.on);
    if (on) store.dispatch({ on });
  };
  const player = createPlayer({
    pace: () => Number(pace.value),
    step: () => {
      go(indexOf(store.state.on) + 1, "play");
      return store.state.on < (stops.at(-1) ?? "");
    },
    changed: () => {
      words();
      if (!player.playing()) store.rest();
    },
  });

  range.addEventListener("input", () => go(Number(range.value)));
  back.addEventListener("click", () => toEvent(false));
  next.addEventListener("click", () => toEvent(true));
  pace.addEventListener("change", player.changePace);
  play.addEventListener("click", () => {
    if (!player.playing() && store.state.on >= (stops.at(-1) ?? "")) go(0);
    player.toggle();
  });

  const words = () => {
    flag(node, "aria-label", language.t("Time"));
    nameControls({ range, field: date.input, back, next, play, pace }, language, player.playing());
  };
  store.subscribe("paint", ["on", "lang"], ({ on }) => {
    const index = indexOf(on);
    if (Number(range.value) !== index) range.value = String(index);
    flag(range, "aria-valuetext", [language.date(on), headline(on)[0]].filter(Boolean).join(": "));
  });
  store.subscribe("settle", ["on", "lang"], ({ on }) => date.show(on));
  store.subscribe("settle", ["lang"], words);
  return { node, date, track, headline, byDay, stop: player.stop };
}

/** Events by the first and the last day that their date allows. */
function eventsByDay(events: readonly AtlasEvent[]): Map<Day, AtlasEvent[]> {
  const byDay = new Map<Day, AtlasEvent[]>();
  for (const event of events) {
    for (const day of new Set([event.first, event.day])) byDay.set(day, [...(byDay.get(day) ?? []), event]);
  }
  return byDay;
}

/** Steps at a pace until `step` answers false. */
function createPlayer({ pace, step, changed }: { pace(): number; step(): boolean; changed(): void }) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    changed();
  };
  const start = () => {
    clearInterval(timer);
    timer = setInterval(() => step() || stop(), pace());
    changed();
  };
  return {
    stop,
    playing: () => timer !== undefined,
    toggle: () => (timer === undefined ? start() : stop()),
    changePace: () => {
      if (timer !== undefined) start();
    },
  };
}

interface Controls {
  range: HTMLInputElement;
  field: HTMLInputElement;
  back: HTMLButtonElement;
  next: HTMLButtonElement;
  play: HTMLButtonElement;
  pace: HTMLSelectElement;
}

/** Names the controls in the reader's language; without motion there is nothing to play. */
function nameControls({ range, field, back, next, play, pace }: Controls, { t }: Language, playing: boolean): void {
  flag(range, "aria-label", t("Date shown"));
  label(field, t("Any day"));
  label(back, t("Previous event"));
  label(next, t("Next event"));
  label(play, playing ? t("Stop") : t("Play"));
  play.replaceChildren(icon(playing ? pauseIcon : playIcon));
  label(pace, t("Speed"));
  for (const [i, word] of [t("slow"), t("medium"), t("fast")].entries()) {
    const option = pace.options[i];
    if (option) write(option, word);
  }
  play.hidden = pace.hidden = calm();
}
