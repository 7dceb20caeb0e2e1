// What few readers use in the first second: the card, the comparison, the table, the search's hits, measuring, basemaps.
// In the page it is a file of its own (dist/late.js), fetched after the first paint; the document holds it.

import { createActions, type Target } from "./actions.ts";
import { type Answers, createAnswers, knownOf } from "./answers.ts";
import { createBadges } from "./badges.ts";
import { type Card, createCard } from "./card.ts";
import { createCardTexts } from "./card_texts.ts";
import { type Compare, createCompare } from "./compare.ts";
import type { Day, Wish } from "./contract.ts";
import type { Core } from "./core.ts";
import { letType } from "./date_field.ts";
import { createDistances } from "./distances.ts";
import { createDraftMark } from "./draft.ts";
import type { DrawnMap } from "./drawn.ts";
import type { Furniture } from "./furniture.ts";
import { createLegend } from "./legend.ts";
import type { LegendFrame } from "./legend_frame.ts";
import { lineGrid } from "./line_grid.ts";
import { createMark } from "./mark.ts";
import { createMeasure, type Measure } from "./measure.ts";
import { createNotes } from "./notes.ts";
import type { MountOptions } from "./options.ts";
import { createPanel } from "./panel.ts";
import type { Details } from "./payload.ts";
import { createRelief } from "./relief.ts";
import { createSearch } from "./search.ts";
import type { SearchBox } from "./search_box.ts";
import type { MapShapes } from "./shapes.ts";
import { createSheet } from "./sheet.ts";
import { createSourceList } from "./sources.ts";
import { createTable } from "./table.ts";
import type { TabContent, Tabs } from "./tabs.ts";
import { createTiles } from "./tiles.ts";
import type { TimeBar } from "./time.ts";
import { createTicks } from "./time_ticks.ts";
import { createTips } from "./time_tips.ts";
import { type BareMap, createTwin, type Twin } from "./twin.ts";
import type { Viewport } from "./viewport.ts";
import { walkByKeyboard } from "./walk.ts";

export interface LateDeps extends Core, DrawnMap {
  options: MountOptions;
  viewport: Viewport;
  furniture: Furniture;
  head: HTMLElement;
  shapes: MapShapes;
  legend: LegendFrame;
  time: TimeBar;
  searchBox: SearchBox;
  usualLayers: readonly string[];
  hasRelief: boolean;
  tabs: Tabs;
  root: HTMLElement;
  stage: HTMLElement;
  uid: number;
  twinParts: Pick<Parameters<typeof createTwin>[0], "place" | "make" | "resized">;
  ask(wish: Wish): void;
  /** Says above the map what could not be used; with no sentence, takes back what was said. */
  warn(sentences: string[]): void;
  /** Says something to those who don't see the map. */
  say(sentence: string): void;
  /** Opens a card. */
  open(target: Target, from?: Element | null): void;
}
export interface LateParts {
  answers: Answers;
  layers: TabContent;
  card: Card;
  compare: Compare;
  table: TabContent;
  measure: Measure;
  twin: Twin;
}

/** Makes all of them; each shows itself in the place that is kept for it. */
export function createLateParts(deps: LateDeps): LateParts {
  const { furniture, zones, language, tabs, say } = deps;
  const layerIds = deps.texts.schema.layers;
  const actions = createActions({ ...deps, layerIds });
  const sources = createSourceList(language);
  const known = knownOf(deps.ground, deps.texts);
  const shared = { ...deps, actions, sources, known };
  createSearch({ ...deps, box: deps.searchBox, places: deps.texts.places });
  walkByKeyboard(deps);
  createSheet(deps.root, deps.store, language);
  frameAgain(deps);
  deps.store.follow(["from"], ({ from }) => deps.head.toggleAttribute("data-two", from !== null));
  stopAtAnyOtherDay(deps);
  letTypeTheDay(deps);
  createTicks(deps);
  createTips(deps);
  createDraftMark(deps);
  createNotes(deps);
  const { control, camera, labels } = deps;
  labels.also("before", (sheet) => {
    const lines = control.shownEdges().flatMap((one) => one.latlngs);
    sheet.covers = lineGrid(lines, camera.pixel, sheet.room);
  });
  createBadges(deps);
  createRelief({ ...deps, url: deps.options.reliefUrl });
  const tiles = createTiles({ ...deps, tiles: deps.texts.tiles });
  const twin = createTwin({ ...deps, ...deps.twinParts, make: (box) => withRelief(deps, box) });
  // After the second map, whose days and layers it follows too.
  createLegend({ ...deps, styles: deps.texts.styles, other: twin.other });
  const told = ({ sources: register }: Details) => {
    sources.fill(register);
    deps.labels.draw();
  };
  const cardTexts = createCardTexts(deps, told, () => card.update());
  const card = createCard({
    ...shared,
    cardTexts,
    choose: tabs.choose,
    tabBar: () => tabs.bar,
    mark: createMark(deps),
  });
  return {
    answers: createAnswers(known, deps.store),
    layers: createPanel({ ...shared, layerIds, tiles: tiles.node }),
    card,
    compare: createCompare({ ...shared, twin }),
    table: createTable({ ...shared, distances: createDistances(zones, language) }),
    measure: createMeasure({ ...shared, button: furniture.measure, say }),
    twin,
  };
}

/** Type and the style that comes late give what lies over the map its size: the first picture is framed by it. */
function frameAgain({ root, viewport }: LateDeps): void {
  const frame = () => {
    if (root.isConnected) viewport.resize(); // the map may have been taken down while the type came
  };
  void document.fonts.ready.then(() => requestAnimationFrame(frame));
}

/** Whoever sets a day while the map plays wants to see that day. */
function stopAtAnyOtherDay({ store, time }: LateDeps): void {
  store.subscribe("paint", ["on"], (_state, _changed, _before, origin) => {
    if (origin !== "play") time.stop();
  });
}

/** The day shown can be typed, also the one that the map plays past just then. */
function letTypeTheDay(deps: LateDeps): void {
  const use = (on: Day | null) => {
    if (!on) return;
    deps.time.stop();
    deps.ask({ on });
  };
  letType(deps.time.date, deps, { now: () => deps.store.state.on, use });
}

/** The second map of a comparison. */
function withRelief({ options, texts, twinParts }: LateDeps, box: HTMLElement): BareMap {
  const map = twinParts.make(box);
  createRelief({ ...map, texts, url: options.reliefUrl });
  return map;
}
