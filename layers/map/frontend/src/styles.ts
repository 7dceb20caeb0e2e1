// How lines and symbols are drawn, from layers/styles.yaml, the same on the map and in the legend.

import type { LayerStyle, LineShape, SymbolKind } from "./payload.ts";

/** The outline of a symbol around a point, as the `d` of an SVG path. */
export const outlines: Record<SymbolKind, (at: { x: number; y: number }, r: number) => string> = {
  circle: ({ x, y }, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: ({ x, y }, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: ({ x, y }, r) =>
    `M${x},${y - r * 1.3}l${r * 1.3},${r * 1.3}l${-r * 1.3},${r * 1.3}l${-r * 1.3},${-r * 1.3}z`,
  triangle: ({ x, y }, r) => `M${x},${y - r * 1.2}l${r * 1.2},${r * 2.1}h${-r * 2.4}z`,
};

/** A line that is known less exactly is dashed more finely; a schematic one keeps its own dots. */
export function dashOf(style: LayerStyle, line: Pick<LineShape, "basis" | "accuracy_m">): string | null {
  if (style.dash || line.basis === "schematic") return style.dash || "1 7";
  const metres = line.accuracy_m ?? Number.POSITIVE_INFINITY;
  if (metres <= 300) return null;
  return metres <= 1500 ? "12 5" : "3 6";
}
