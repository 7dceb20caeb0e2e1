// Puts the map together: each part gets the store and the parts that it needs.

import type { Origin, State, Wish } from "./contract.ts";
import { type Core, createCore } from "./core.ts";
import { clearOf, coverOf } from "./covered.ts";
import { h } from "./dom.ts";
import { type DrawnMap, drawMap } from "./drawn.ts";
import { createFurniture } from "./furniture.ts";
import type { LateDeps, LateParts } from "./late.ts";
import { createLater, type Later, type LoadLate } from "./later.ts";
import { createLegendFrame } from "./legend_frame.ts";
import type { MountOptions } from "./options.ts";
import type { Texts } from "./payload.ts";
import { createSearchBox } from "./search_box.ts";
import { createShapes } from "./shapes.ts";
import {
  announceSteps,
  createHead,
  createNotices,
  createSkeleton,
  createSkipLink,
  createTitle,
  nameRegion,
  type Skeleton,
} from "./skeleton.ts";
import { type End, followSize, twoFingers } from "./surroundings.ts";
import { createTabs, type Tab, type TabContent, type Tabs } from "./tabs.ts";
import { createTimeBar } from "./time.ts";
import type { BareMap } from "./twin.ts";
import { createViewport, type Viewport } from "./viewport.ts";

/** A map that is up: what the handle (mount.ts) needs of it. */
export interface App extends Core {
  map: DrawnMap;
  viewport: Viewport;
  tabs: Tabs;
  later: Later;
  /** Takes values from outside: the schema decides, and says what it could not use. */
  ask(wish: Wish, origin?: Origin): void;
  /** Takes a state that was read elsewhere, with what could not be used of it. */
  accept(state: State, notices: Core["notices"]): void;
  /** Fills the tab that is in sight with what comes late. */
  refreshTab(): void;
  /** Shows sentences above the credits. */
  say(sentences: string[]): void;
  stop(): void;
}

/** Maps made so far: a number for each keeps the ids of two on one page apart. */
let maps = 0;

interface Built extends Core, DrawnMap, Skeleton {
  map: DrawnMap;
  options: MountOptions;
  uid: number;
  root: HTMLElement;
  ask: App["ask"];
  say(sentence: string): void;
}

/** Builds the whole map with everything around it, and paints it. */
export function createApp(root: HTMLElement, texts: Texts, options: MountOptions, loadLate: LoadLate): App {
  const core = createCore(texts, options);
  const { store, language } = core;
  const { map, skeleton, uid } = drawInto(root, core);
  const notices = createNotices(texts.schema, language, options.site);
  const live = h("p", { class: "atlas-live", "aria-live": "polite" });
  const accept: App["accept"] = (state, found) => {
    notices.warn(found);
    store.dispatch(state, "host");
  };
  const ask: App["ask"] = (wish, origin = "reader") => {
    const [state, found] = core.schema.change(store.state, wish);
    notices.warn(found);
    store.dispatch(state, origin);
  };
  const say = (sentence: string) => {
    live.textContent = sentence;
  };
  const built: Built = { ...core, ...map, ...skeleton, map, options, uid, root, ask, say };
  const over = createOverMap(built);
  const side = createSide({ ...built, warn: notices.say }, over, loadLate, () =>
    notices.say([language.t("This part of the map can't be loaded; check the connection and try again.")]),
  );
  root.replaceChildren(
    ...(options.chrome === "document" ? [createTitle(core)] : []),
    createSkipLink(store, language, side.tabs.focus),
    over.head,
    // The time bar comes before the map for the Tab key, below it for the eye.
    over.time.node,
    h("div", { class: "atlas-maps" }, skeleton.twin, skeleton.stage),
    over.legend.node,
    notices.node,
    over.furniture.credits,
    live,
    h("aside", { class: "atlas-side" }, side.tabs.bar, side.tabs.box),
  );
  const end = followWindow(built, over);
  begin(built, over);
  notices.warn(core.notices);
  const stop = () => {
    store.stop();
    over.time.stop();
    side.later.parts?.twin.remove();
    end();
    map.camera.remove();
  };
  return {
    ...core,
    map,
    viewport: over.viewport,
    tabs: side.tabs,
    later: side.later,
    refreshTab: side.tabs.refresh,
    ask,
    accept,
    say: notices.say,
    stop,
  };
}

function drawInto(root: HTMLElement, core: Core) {
  maps += 1;
  const skeleton = createSkeleton();
  root.append(skeleton.stage);
  return { skeleton, uid: maps, map: drawMap({ ...core, ...skeleton, root, uid: maps }) };
}

/** What is over, above and below the map. */
function createOverMap(built: Built) {
  const { store, texts, options, root, camera, ground, language, box } = built;
  const legend = createLegendFrame(store, language);
  const framing = Object.keys(texts.zones).filter((id) => texts.zones[id]?.frames_view);
  const viewport = createViewport(camera, ground, store, framing, () => clearOf(root, box));
  nameRegion(root, box, store, language);
  const furniture = createFurniture({ ...built, viewport });
  const time = createTimeBar(built);
  const head = createHead(
    { ...built, events: texts.events, headline: time.headline },
    options.languages?.(store, language).node,
  );
  announceSteps({ ...built, headline: time.headline }, built.say);
  return { legend, viewport, furniture, time, head };
}
type OverMap = ReturnType<typeof createOverMap>;

/** What is beside the map, and what comes late. */
function createSide(built: Built & Pick<LateDeps, "warn">, over: OverMap, loadLate: LoadLate, failed: () => void) {
  const { texts, options, schema, store, language, record, stage } = built;
  const later = createLater(async () => (await loadLate()).createLateParts(lateDeps()), failed);
  const open: LateDeps["open"] = (target, from = document.activeElement) =>
    later.use(({ card }) => card.open(target, from));
  const shapes = createShapes({ ...built, open, intercept: (place) => Boolean(later.parts?.measure.press(place)) });
  const usualLayers = schema.parse({})[0].layers;
  const hasRelief = Boolean(options.reliefUrl && texts.relief_bounds);
  const tabs: Tabs = createTabs(store, language, built.uid, {
    layers: lateTab(later, "layers"),
    card: lateTab(later, "card"),
    compare: lateTab(later, "compare"),
    table: lateTab(later, "table"),
  });
  const searchBox = createSearchBox(store, language, () => later.use(() => {}));
  stage.append(searchBox.node);
  over.furniture.measure.addEventListener("click", () => later.use(({ measure }) => measure.toggle()));
  const resized: LateDeps["twinParts"]["resized"] = (layout) => {
    // Half of the width has no room for it.
    if (layout === "beside") over.legend.node.open = false;
    over.viewport.resize();
  };
  const lateDeps = (): LateDeps => ({
    ...built,
    ...over,
    open,
    shapes,
    searchBox,
    tabs,
    usualLayers,
    hasRelief,
    twinParts: {
      place: built.twin,
      resized,
      make: (place) => createBareMap(place, texts, { ...options, record }, store.state),
    },
  });
  return { tabs, later };
}

/** A tab whose content comes late: after the first paint, or when the reader chooses the tab. */
function lateTab(later: Later, name: Tab): TabContent {
  const node = h("div");
  const fill = (parts: LateParts) => {
    if (!node.hasChildNodes()) node.append(parts[name].node);
    parts[name].update?.();
  };
  return { node, choose: () => later.use(fill), update: () => later.parts && fill(later.parts) };
}

/** Follows the window: its size, its paper, the fingers on it. */
function followWindow({ root, camera, labels }: Built, { viewport, legend }: OverMap): End {
  // Where the map fills the window there is nothing else to scroll.
  if (window.parent !== window) twoFingers(camera);
  // Keys pressed in the map are not those of the page around it.
  root.addEventListener("keydown", (press) => press.stopPropagation());
  return followSize({ camera, viewport, root, legend: legend.node, names: labels.draw });
}

/** The first picture. */
function begin({ camera, labels, root, store }: Built, { viewport, legend }: OverMap): void {
  viewport.resize();
  const [width, height] = camera.size();
  legend.node.open = width - coverOf(root) >= 760 && height >= 400;
  store.begin();
  labels.draw();
}

/** A map without anything around it, for a comparison. */
function createBareMap(place: HTMLElement, texts: Texts, options: MountOptions, state: State): BareMap {
  const core = createCore(texts, { ...options, chrome: "page", state: { ...state, from: null, view: null } });
  const root = h("div", { class: "atlas", "data-chrome": "bare" });
  place.append(root);
  const { map } = drawInto(root, core);
  map.camera.resize();
  core.store.begin();
  map.labels.draw();
  const remove = () => {
    core.store.stop();
    map.camera.remove();
    root.remove();
  };
  return { ...map, store: core.store, remove };
}
