// What the rest of the script knows of the drawn map, without knowing what draws it (leaflet.ts): nodes, coordinates and a camera.

import type { Drawing } from "./paths.ts";
import type {
  ControllerStyle,
  Dated,
  Edge,
  LatLng,
  LayerStyle,
  Line,
  Names,
  Piece,
  PointShape,
  TileSet,
} from "./payload.ts";

/** South-west and north-east corner. */
export type Bounds = [LatLng, LatLng];

export interface DrawnPiece {
  piece: Piece;
  node(): SVGPathElement;
  bounds(): Bounds;
}
export interface DrawnEdge {
  edge: Edge;
  /** Id of its style: how exactly it is known. */
  kind: string;
  node(): SVGPathElement;
  /** The band as wide as its error; a border has none. */
  band(): SVGPathElement | null;
}
/** An area, a line or a point of a layer other than control. */
export interface Item {
  shape: Dated & {
    pieces?: string[];
    line?: string;
    point?: string;
    names?: Names;
    basis?: string;
    accuracy_m?: number;
    dash?: string;
    km?: number;
    text?: string;
    note?: string;
    guards?: string;
    at?: LatLng;
    latlngs?: Line[] | Line[][];
  };
  /** The path that represents it. */
  node(): SVGPathElement;
  /** That path, after what lies under it: its light case, or the circle of its uncertainty. */
  nodes(): SVGPathElement[];
  bounds(): Bounds;
}
export interface DrawnLayer {
  id: string;
  draw: Drawing["draw"];
  style: LayerStyle;
  node: SVGGElement;
  items: Item[];
  /** Whether it is shown, and whether a chosen clause lights it up. */
  on: boolean;
  lit: boolean;
}
export interface Ground {
  pieces: DrawnPiece[];
  edges: DrawnEdge[];
  layers: Map<string, DrawnLayer>;
  points: PointShape[];
  controllers: Record<string, ControllerStyle>;
  /** For patterns. */
  defs: SVGDefsElement;
  addSymbol(at: LatLng, style: LayerStyle, radius: number, layer: DrawnLayer): SVGPathElement;
}

export interface FitOptions {
  topLeft?: [number, number];
  bottomRight?: [number, number];
  /** Room around, as a share of the size. */
  pad?: number;
  maxZoom?: number;
}

/** Where the map looks, and what lies over it. Pixels count from the corner of the map's own layer ("layer pixels"). */
export interface Camera {
  readonly box: HTMLElement;
  /** Whether this device has a touch screen. */
  readonly touch: boolean;
  /** Width and height in CSS pixels. */
  size(): [number, number];
  center(): LatLng;
  zoom(): number;
  set(place: LatLng, zoom: number): void;
  fly(place: LatLng, zoom: number, animate: boolean): void;
  /** The place that many pixels right of and below another at a zoom. */
  beside(place: LatLng, zoom: number, pixels: [number, number]): LatLng;
  fit(bounds: Bounds, options?: FitOptions): void;
  panBy(x: number, y: number): void;
  /** Zooms about a point of the box, in pixels from its corner. */
  zoomBy(steps: number, about: [number, number]): void;
  /** Takes over a changed size of the box. */
  resize(): void;
  remove(): void;
  metresPerPixel(): number;
  /** What is seen, in layer pixels. */
  frame(): { left: number; top: number; right: number; bottom: number };
  /** A place in layer pixels. */
  pixel(place: LatLng): [number, number];
  /** The upper left corner in pixels of the whole world at this zoom (Web Mercator). */
  corner(): [number, number];
  /** Keeps an element at the upper left corner of what is seen. */
  pin(element: HTMLElement): void;
  /** An element over the map that moves with it. */
  pane(name: string, zIndex: number): HTMLElement;
  on(events: string, listener: () => void): () => void;
  onPress(listener: (place: LatLng, event: MouseEvent) => void): void;
  onPointer(listener: (place: LatLng) => void): void;
  allow(what: "dragging" | "double-click-zoom", yes: boolean): void;
  /** A picture over the ground; the returned function shows and hides it. */
  overlay(element: HTMLElement, bounds: Bounds, zIndex: number): (on: boolean) => void;
  tiles(set: TileSet, seen: () => void, failed: () => void): () => void;
  ring(place: LatLng): () => void;
  path(): { draw(points: LatLng[]): void; remove(): void };
}

/** The box around several. */
export function union(all: readonly Bounds[]): Bounds | null {
  const [first, ...others] = all;
  if (!first) return null;
  return others.reduce<Bounds>(
    ([[south, west], [north, east]], [[s, w], [n, e]]) => [
      [Math.min(south, s), Math.min(west, w)],
      [Math.max(north, n), Math.max(east, e)],
    ],
    first,
  );
}
