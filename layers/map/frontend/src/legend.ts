// What the legend holds: everything that is shown, and only that.

import type { Control } from "./control.ts";
import { h, s } from "./dom.ts";
import type { DrawnMap } from "./drawn.ts";
import type { EventPoints } from "./events.ts";
import type { Language } from "./language.ts";
import type { LegendFrame } from "./legend_frame.ts";
import type { Patterns } from "./patterns.ts";
import type { EdgeStyle, Styles, SymbolKind } from "./payload.ts";
import { OWN_MARKS, type OwnMark } from "./points_legend.ts";
import type { Store } from "./store.ts";
import { outlines } from "./styles.ts";
import type { Ground } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { ZoneItem, Zones } from "./zones.ts";

interface Deps {
  ground: Ground;
  control: Control;
  zones: Zones;
  events: EventPoints;
  patterns: Patterns;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  styles: Styles;
  legend: LegendFrame;
  root: HTMLElement;
  head: HTMLElement;
  /** The second map of a comparison. */
  other(): DrawnMap | null;
}
type Row = [picture: SVGSVGElement, words: string];

const swatch = (...marks: SVGElement[]) =>
  s("svg", { class: "atlas-swatch", width: 30, height: 18, viewBox: "0 0 30 18", "aria-hidden": "true" }, ...marks);
const area = (fill: string, stroke: string, width = 1, opacity = 1) =>
  swatch(
    s("rect", { x: 1, y: 1, width: 28, height: 16, fill, "fill-opacity": opacity, stroke, "stroke-width": width }),
  );
const line = (stroke: string, width: number, dash?: string, cap = "round") =>
  swatch(
    s("path", {
      d: "M1 9H29",
      stroke,
      "stroke-width": width,
      "stroke-dasharray": dash || "none",
      "stroke-linecap": cap,
      fill: "none",
    }),
  );
/** A line in the band of its error. */
const banded = ({ width, dash, id }: EdgeStyle, { ink, opacity }: Styles["base"]) => {
  const picture = line(ink, width, dash);
  const tall = { near: 4, middle: 8 }[id] ?? 14;
  picture.prepend(s("rect", { x: 0, y: 9 - tall / 2, width: 30, height: tall, fill: ink, "fill-opacity": opacity }));
  return picture;
};
const symbol = (kind: SymbolKind, hue: string) =>
  swatch(s("path", { d: outlines[kind]({ x: 15, y: 9 }, 6), fill: hue }));
const circle = () =>
  swatch(s("circle", { cx: 15, cy: 9, r: 8, fill: "none", stroke: "#55514a", "stroke-dasharray": "2 3" }));

/** A mark of the reader's own points (points.ts). */
const square = ([colour, hollow]: OwnMark) =>
  swatch(
    s("rect", { x: 9, y: 3, width: 12, height: 12, fill: "#fff" }),
    s("rect", { x: 10, y: 4, width: 10, height: 10, fill: "#14181a" }),
    s("rect", { x: 11, y: 5, width: 8, height: 8, fill: colour }),
    s("rect", { x: 13, y: 7, width: 4, height: 4, fill: hollow ? "#fff" : colour }),
  );

export function createLegend(deps: Deps): void {
  const { store, language, legend, root, head } = deps;
  let drawn = "";
  // The title card grows with its words, and the legend stays below it.
  new ResizeObserver(() => root.style.setProperty("--head-height", `${head.offsetHeight}px`)).observe(head);

  const rows = (): Row[] => {
    const other = deps.other();
    // Of two maps, what either of them shows.
    const maps = other ? [deps, { ...deps, ...other }] : [deps];
    const told = [
      ...maps.flatMap((one) => (one.ground.layers.get("control")?.on ? controlRows(one) : [])),
      ...maps.flatMap((one) => zoneRows(one)),
    ];
    const found = [...new Map(told.map((row) => [row[1], row])).values()];
    for (const mark of JSON.parse(root.dataset.ownMarks ?? "[]") as OwnMark[])
      found.push([square(mark), language.t("your points: {what}", { what: mark[2] })]);
    return found;
  };
  const update = () => {
    const [now, days] = [rows(), compared(deps)];
    const next = JSON.stringify([days, ...now.map(([picture, words]) => words + picture.innerHTML)]);
    if (next === drawn) return;
    drawn = next;
    const items = now.map(([picture, words]) => h("li", {}, picture, words));
    legend.list.replaceChildren(...(days ? [h("li", { class: "atlas-legend-days" }, days)] : []), ...items);
  };
  root.addEventListener(OWN_MARKS, update);
  store.follow(["on", "known", "layers", "clause", "from", "lang", "names"], update);
}

/** Which days the map compares; of two maps each names its own day. */
function compared({ store, language: { t, brief }, control }: Deps): string {
  const { from, on } = store.state;
  return from && control.compared.size ? t("Changed hands after {a}, up to {b}", { a: brief(from), b: brief(on) }) : "";
}

/** Holders, what changed hands, doubts, and the lines between. */
function controlRows({ ground, control, patterns, language, vocabulary, styles }: Deps): Row[] {
  const { t } = language;
  const found: Row[] = [];
  // Beside what changed hands, all other ground is faint.
  const still = control.pieces.filter(({ node }) => node.classList.contains("is-dim"));
  const faint = still.length > 0;
  const spans = (faint ? still : control.pieces).map((one) => one.span);
  const outline = (id: string) => ground.controllers[id]?.line ?? "#000";
  const named = vocabulary.holder;
  for (const span of control.compared.values()) {
    const words = t("changed hands, to {holder}, {cause}", {
      holder: named(span.controller),
      cause: vocabulary.cause(span.cause ?? "other"),
    });
    found.push([area(patterns.changed(span), outline(span.controller)), words]);
  }
  for (const id of Object.keys(ground.controllers)) {
    if (spans.some((span) => span.controller === id && span.certain))
      found.push([area(patterns.holder(id, faint), outline(id)), t("held by {holder}", { holder: named(id) })]);
  }
  // One row for two holders, whichever of them is the likelier.
  const doubts = new Map(
    spans.filter((span) => !span.certain).map((span) => [[span.controller, span.or].sort().join("|"), span]),
  );
  for (const { controller, or } of doubts.values()) {
    const words = t("not certain: {holder} or {other}", { holder: named(controller), other: named(or ?? controller) });
    found.push([area(patterns.doubt(controller, or, faint), outline(controller)), words]);
  }
  const fronts = control.fronts();
  for (const style of styles.edges)
    if (fronts.has(style.id))
      found.push([
        banded(style, styles.base),
        t("line between them, {accuracy}", { accuracy: vocabulary.edge(style.id) }),
      ]);
  found.push([line("#6d675c", 1.1), t("international border")]);
  return found;
}

/** Zones, events, and the circle in which a point lies. */
function zoneRows(deps: Deps): Row[] {
  const { ground, zones, events, language } = deps;
  const seen = zones.shown();
  const found = groupRows(deps, seen);
  const layer = ground.layers.get("events");
  if (layer && events.shown().length) found.push([symbol("circle", layer.style.hue), zones.nameOf("events")]);
  if (seen.some((item) => item.shape.point && item.nodes().length > 1))
    found.push([circle(), language.t("somewhere within this circle")]);
  return found;
}

/** One row for all items that look the same and stand in the same status. */
function groupRows({ zones, patterns, language, vocabulary }: Deps, seen: ZoneItem[]): Row[] {
  const groups = new Map<string, ZoneItem[]>();
  for (const item of seen) {
    const { id, draw, style } = item.layer;
    const look =
      draw === "area"
        ? [style.hue, style.dash, zones.statusOf(id)?.status]
        : [id, item.shape.dash, item.shape.basis === "schematic"];
    const key = look.join("|");
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((group): Row[] => {
    const [first] = group;
    if (!first) return [];
    const { id, draw, style } = first.layer;
    const status = draw === "area" ? zones.statusOf(id)?.status : undefined;
    const schematic = first.shape.basis === "schematic";
    let words = [...new Set(group.map((item) => zones.nameOf(item.layer.id)))].join(", ");
    if (status) words += `: ${vocabulary.status(status)}`;
    if (schematic) words += `, ${language.t("schematic")}`;
    else if (draw === "line") {
      const far = Math.max(...group.map((item) => item.shape.accuracy_m ?? 0));
      words += `, ${language.t("known to ± {km} km", { km: language.number(far / 1000, 1) })}`;
    }
    if (draw === "area") {
      const { hue, tint } = patterns.zone(style, status);
      return [[area(hue, hue, style.width, tint), words]];
    }
    return [
      [
        draw === "line"
          ? line(style.hue, style.width, first.shape.dash, style.dash ? "round" : "butt")
          : symbol(style.symbol ?? "circle", style.hue),
        words,
      ],
    ];
  });
}
