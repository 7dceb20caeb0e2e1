// Which zones touch which, and how far apart the others are, as text: what a map shows to the eye alone.

import { h, write } from "./dom.ts";
import { metresBetween } from "./geometry.ts";
import type { Language } from "./language.ts";
import type { Area } from "./payload.ts";
import { table } from "./table.ts";
import type { Zones } from "./zones.ts";

/** Nearer than this is touching: the grid of the shapes is about a metre. */
const TOUCH_M = 5;

/** A folded table, worked out when it is opened: the distances between outlines take a moment. */
export function createDistances(zones: Zones, language: Language): () => HTMLElement {
  const known = new Map<string, number>();
  const between = (a: string, b: string, one: Area, other: Area): number => {
    const key = `${a}|${b}`;
    const metres = known.get(key) ?? metresBetween(one, other);
    known.set(key, metres);
    return metres;
  };
  const rows = (): string[][] => {
    const { t, number } = language;
    const areas = zones.shown().filter((item) => item.layer.draw === "area");
    return areas.flatMap((one, i) =>
      areas.slice(i + 1).map((other) => {
        const [a, b] = [one.layer.id, other.layer.id];
        const key = [one, other].map((item) => [item.layer.id, item.shape.since].join("@")) as [string, string];
        const metres = between(key[0], key[1], one.shape.latlngs as Area, other.shape.latlngs as Area);
        const far =
          metres < TOUCH_M
            ? t("they touch")
            : t("{km} km apart", { km: number(metres / 1000, metres < 10_000 ? 1 : 0) });
        return [zones.nameOf(a), zones.nameOf(b), far];
      }),
    );
  };
  let open = false;
  return () => {
    const { t } = language;
    const title = h("summary");
    const node = h("details", { open, class: "atlas-distances" }, title);
    write(title, t("Which zones touch, and how far apart the others are"));
    const fill = () => {
      open = node.open;
      if (open && !node.querySelector("table"))
        node.append(table(t("Distances between zones"), [t("zone"), t("other zone"), t("distance")], rows()));
    };
    node.addEventListener("toggle", fill);
    fill();
    return node;
  };
}
