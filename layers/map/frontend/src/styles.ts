// How symbols are drawn, the same on the map and in the legend.

import type { SymbolKind } from "./payload.ts";

/** The outline of a symbol around a point, as the `d` of an SVG path. */
export const outlines: Record<SymbolKind, (at: { x: number; y: number }, r: number) => string> = {
  circle: ({ x, y }, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: ({ x, y }, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: ({ x, y }, r) =>
    `M${x},${y - r * 1.3}l${r * 1.3},${r * 1.3}l${-r * 1.3},${r * 1.3}l${-r * 1.3},${-r * 1.3}z`,
  triangle: ({ x, y }, r) => `M${x},${y - r * 1.2}l${r * 1.2},${r * 2.1}h${-r * 2.4}z`,
};
