// The second map of a comparison: it shows the earlier day with the same layers and follows the first, beside it or
// under a swipe.

import { flag, h, write } from "./dom.ts";
import type { DrawnMap } from "./drawn.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import { type Camera, union } from "./view.ts";
import type { Zones } from "./zones.ts";

export type Layout = "swipe" | "beside";
/** A map without anything around it. */
export interface BareMap extends DrawnMap {
  store: Store;
  remove(): void;
}
interface Deps {
  camera: Camera;
  store: Store;
  language: Language;
  zones: Zones;
  texts: Pick<Texts, "zones">;
  root: HTMLElement;
  stage: HTMLElement;
  /** Where the second map is when both are side by side. */
  place: HTMLElement;
  make(box: HTMLElement): BareMap;
  /** Called when the first map's size has changed. */
  resized(layout: Layout | null): void;
}
export interface Twin {
  layout(): Layout | null;
  /** The second map, where there is one. */
  other(): BareMap | null;
  arrange(layout: Layout | null): void;
  words(): void;
  remove(): void;
}

/** How near in percent of the width the line of a swipe may begin to an edge. */
const EDGE = 15;

/** The middle of the ground that the map frames, in percent of its width: there a swipe has something on both sides. */
function middleOf({ camera, zones, texts }: Deps): number {
  const framing = zones.items.filter(({ layer }) => texts.zones[layer.id]?.frames_view);
  const around = union(framing.map((item) => item.bounds()));
  if (!around) return 50;
  const { left, right } = camera.frame();
  const [west, east] = around.map((corner) => camera.pixel(corner)[0]) as [number, number];
  const percent = (100 * ((west + east) / 2 - left)) / (right - left);
  return Math.max(EDGE, Math.min(100 - EDGE, percent || 50));
}

export function createTwin(deps: Deps): Twin {
  const { camera, store, language, root, stage, place, make, resized } = deps;
  const knob = h("input", { type: "range", min: 0, max: 100, value: 50, class: "atlas-knob" });
  const [earlier, later] = [h("div", { class: "atlas-tag is-earlier" }), h("div", { class: "atlas-tag" })];
  let layout: Layout | null = null;
  let other: BareMap | null = null;
  let box: HTMLElement | null = null;
  let unfollow = () => {};

  const cut = () => stage.style.setProperty("--cut", `${knob.value}%`);
  knob.addEventListener("input", cut);
  const follow = () => other?.camera.set(camera.center(), camera.zoom());
  const update = () => {
    const { state } = store;
    write(earlier, language.date(state.from));
    write(later, language.date(state.on));
    other?.store.dispatch({ ...state, on: state.from ?? state.on, from: null, view: null }, "host");
  };
  const remove = () => {
    unfollow();
    other?.remove();
    for (const node of [box, knob, earlier, later]) node?.remove();
    other = box = null;
  };
  const put = (chosen: Layout) => {
    box = h("div", { class: `atlas-second is-${chosen}`, "aria-hidden": "true", inert: chosen === "swipe" });
    (chosen === "beside" ? place : camera.box).append(box);
    other = make(box);
    if (chosen === "swipe") {
      knob.value = String(middleOf(deps));
      camera.box.append(knob);
    }
    (chosen === "beside" ? place : stage).append(earlier);
    stage.append(later);
    cut();
    update();
    const sized = camera.on("resize", () => {
      other?.camera.resize();
      follow();
    });
    const moved = camera.on("move", follow);
    unfollow = () => {
      sized();
      moved();
    };
    follow();
  };
  store.follow(["on", "from", "known", "layers", "clause", "lang", "names"], update);
  return {
    remove,
    layout: () => layout,
    other: () => other,
    arrange: (next) => {
      remove();
      layout = next;
      stage.classList.toggle("is-swiped", layout === "swipe");
      root.classList.toggle("is-beside", layout === "beside");
      resized(layout);
      if (layout) put(layout);
    },
    words: () => flag(knob, "aria-label", language.t("Earlier day to the left of this line")),
  };
}
