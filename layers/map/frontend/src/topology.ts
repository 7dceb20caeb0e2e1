// Decodes the shared geometry (layers/map/flat_arcs.py): arcs of differences on a grid; a ring lists arcs, ~n is arc n
// backwards. Points come out as [latitude, longitude].

import type { Line, Shapes, Topology } from "./payload.ts";

/** The shapes of a topology; throws where it names an arc that it does not hold. */
export function decode({ grid, arcs, objects }: Topology): Shapes {
  if (!(grid > 0)) throw new Error("the topology has no grid");
  const points = arcs.map((flat) => {
    const line: Line = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i + 1 < flat.length; i += 2) {
      x += flat[i] ?? 0;
      y += flat[i + 1] ?? 0;
      line.push([y / grid, x / grid]);
    }
    return line;
  });
  const join = (numbers: readonly number[]): Line =>
    numbers.reduce<Line>((line, number) => {
      const arc = points[number < 0 ? ~number : number];
      if (!arc) throw new Error(`the topology has no arc ${number}`);
      const way = number < 0 ? arc.toReversed() : arc;
      line.push(...(line.length ? way.slice(1) : way));
      return line;
    }, []);
  const shape = ([kind, parts, properties]: Topology["objects"][string][number]) => ({
    ...properties,
    latlngs: kind === "a" ? (parts as number[][][]).map((rings) => rings.map(join)) : (parts as number[][]).map(join),
  });
  const named = (name: string): unknown => (objects[name] ?? []).map(shape);
  return {
    pieces: named("pieces"),
    zones: named("zones"),
    edges: named("edges"),
    lines: named("lines"),
    base: named("base"),
  } as Shapes;
}
