// The agreement on the map: each zone carries its clause, its deadline and what came of it, at its innermost point.

import { h, s, whenIdle } from "./dom.ts";
import { type Box, FONTS, type Labels, overlap, type Sheet } from "./labels.ts";
import type { Language } from "./language.ts";
import type { Patterns } from "./patterns.ts";
import type { LatLng, Place, Texts, TimelineRow } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Zones } from "./zones.ts";

interface Deps {
  camera: Camera;
  labels: Labels;
  zones: Zones;
  patterns: Patterns;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  texts: Pick<Texts, "catalogue" | "zones" | "styles" | "effect" | "places">;
}
interface Badge {
  id: string;
  at: LatLng;
  clause: number;
  hue: string;
  /** What the deadline was and what came of it, in one line. */
  words: string;
  mark: keyof typeof MARKS | undefined;
  /** Whether a place in layer pixels lies on its ground. */
  isOn(x: number, y: number): boolean;
}
const MARKS = { check: "M2 7l3.5 3.5L12 3.5", question: "M4 4.5a3 3 0 1 1 4.2 2.8Q7 8 7 9.2M7 11.6v.6", end: "M3 7h8" };
const FONT = "600 12px";
const TALL = 24;
/** Where a badge may be from the point that it is about, the best first; off its own ground it gets a line to it. */
const SHIFTS: [number, number][] = [
  [0, 0],
  [0, 26],
  [0, -26],
  [0, 52],
  [0, -52],
  [-50, 34],
  [50, 34],
  [-50, -34],
  [50, -34],
  [0, 80],
];
/** On a map narrower than this, a badge that has no room on its own ground is left out. */
const NARROW_PX = 700;
/** Room that a badge leaves around the dot of a town for its name, beside the name's own width: left, above, below. */
const NAME = [6, 10, 18] as const;

export function createBadges(deps: Deps): void {
  const { camera, labels, zones, store, language, texts } = deps;
  const under = new Map(texts.catalogue.map((entry) => [entry.id, entry.under]));
  const badges = (): Badge[] => {
    const seen = new Set(zones.shown().map((item) => item.layer.id));
    return [...seen].flatMap((id) => {
      const clause = under.get(id);
      const at = texts.zones[id]?.pole;
      return clause && at ? [badgeOf(deps, id, clause, at)] : [];
    });
  };
  labels.also("before", (sheet) => {
    const names = roomForNames(sheet, camera, language, texts.places);
    const narrow = camera.size()[0] < NARROW_PX;
    for (const badge of badges()) place(sheet, badge, camera.pixel(badge.at), names, narrow);
  });
  // Not in the way of a step in time.
  store.follow(["on", "known", "layers", "clause", "lang"], () => whenIdle(labels.draw));
}

/** Boxes around the dots of towns that their names need. */
export const roomForNames = (sheet: Sheet, camera: Camera, language: Language, places: readonly Place[]): Box[] =>
  places
    .filter((one) => (one.rank ?? 4) <= 2)
    .map(({ lat, lon, names, rank = 2 }) => {
      const [x, y] = camera.pixel([lat, lon]);
      const [main = ""] = language.name(names).split(" / ");
      return [x - NAME[0], y - NAME[1], x + 10 + sheet.width(main, FONTS[rank] ?? FONT), y + NAME[2]];
    });

function badgeOf(deps: Deps, id: string, clause: number, at: LatLng): Badge {
  const { zones, patterns, texts } = deps;
  const row = zones.statusOf(id);
  const shown = zones.shown().filter((item) => item.layer.id === id);
  const style = shown[0]?.layer.style;
  const grounds = shown.flatMap((item) => (item.layer.draw === "area" ? [item.node()] : []));
  const isOn: Badge["isOn"] = (x, y) => grounds.some((node) => node.isPointInFill(new DOMPoint(x, y)));
  const hue = style ? patterns.zone(style, row?.status).hue : "#26242b";
  const mark = row ? texts.styles.statuses[row.status]?.mark : undefined;
  return { id, at, clause, hue, mark, isOn, words: row ? wordsOf(deps, row) : "" };
}

/** "due 25 Nov, first 15 Nov · met". */
function wordsOf({ language, vocabulary, texts }: Deps, row: TimelineRow): string {
  const { t } = language;
  const day = (one: string) =>
    one.slice(0, 4) === texts.effect.slice(0, 4) ? language.dayMonth(one) : language.brief(one);
  const { due, first_due: first } = row;
  const deadline =
    due &&
    (first && first !== due
      ? t("due {due}, first {first}", { due: day(due), first: day(first) })
      : t("due {due}", { due: day(due) }));
  return [deadline, vocabulary.status(row.status)].filter(Boolean).join(" · ");
}

/** Puts a badge at its point or near it: with its words where there is room, else its clause alone; off the names of
 * towns where that can be. Off its own ground it needs its words, a line to it that crosses nothing, and a map that is not
 * narrow. */
function place(sheet: Sheet, badge: Badge, [x, y]: [number, number], names: Box[], narrow: boolean): void {
  const { room } = sheet;
  if (x < room.left || x > room.right || y < room.top || y > room.bottom) return;
  const full = TALL + 12 + (badge.mark ? 16 : 0) + sheet.width(badge.words, FONT);
  const boxOf = (w: number, [dx, dy]: [number, number]): Box => [
    x + dx - w / 2,
    y + dy - TALL / 2,
    x + dx + w / 2,
    y + dy + TALL / 2,
  ];
  const isHome = ([dx, dy]: [number, number]) => (!dx && !dy) || badge.isOn(x + dx, y + dy);
  // A clause alone does not say which ground it means.
  const mayStand = (w: number, shift: [number, number]) =>
    isHome(shift) || (w > TALL && !narrow && seesHome(sheet, [x, y], shift));
  const find = (w: number, clear: Box[]) =>
    SHIFTS.find((shift) => {
      const box = boxOf(w, shift);
      return sheet.free(box) && !clear.some((other) => overlap(box, other)) && mayStand(w, shift);
    });
  const tries: [number, Box[]][] = [
    [full, names],
    [TALL, names],
    [TALL, []],
  ];
  for (const [w, clear] of badge.words ? tries : tries.slice(1)) {
    const shift = find(w, clear);
    if (!shift) continue;
    const box = boxOf(w, shift);
    sheet.take(box);
    if (!isHome(shift)) lead(sheet, [x, y], shift, badge.hue);
    sheet.put(draw(badge, w > TALL), box[0], box[1]);
    return;
  }
}

/** Whether the line from a badge back to its point runs over nothing that is there. */
const seesHome = (sheet: Sheet, [x, y]: [number, number], [dx, dy]: [number, number]): boolean =>
  [0, 0.25, 0.5].every((far) => {
    const [left, top] = [x + far * dx, y + far * dy];
    return sheet.free([left, top, left, top]);
  });

/** The line from a badge or callout to its point. */
export function lead(sheet: Sheet, [x, y]: [number, number], [dx, dy]: [number, number], hue: string): void {
  const line = h("i");
  line.style.cssText = `width:${Math.hypot(dx, dy)}px;rotate:${Math.atan2(dy, dx)}rad;--hue:${hue}`;
  sheet.put(h("span", { class: "atlas-leader" }, line), x, y);
}

function draw({ id, clause, hue, words, mark }: Badge, whole: boolean): HTMLElement {
  const sign =
    whole && mark && s("svg", { viewBox: "0 0 14 14", class: "atlas-badge-mark" }, s("path", { d: MARKS[mark] }));
  const node = h(
    "span",
    { class: "atlas-badge", "data-badge": id },
    h("b", {}, clause),
    whole && h("span", {}, words),
    sign,
  );
  node.style.setProperty("--hue", hue);
  return node;
}
