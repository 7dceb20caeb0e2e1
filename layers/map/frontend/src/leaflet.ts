// The only module that knows Leaflet. It makes the map that Folium's script describes, draws every shape once, and hands
// the rest of the script SVG nodes, coordinates and a camera. Dates and layers later only flip attributes of the nodes.

import type * as Leaflet from "leaflet";
import { s } from "./dom.ts";
import { basePath, type Drawing, edgePath, itemPaths } from "./paths.ts";
import type { Area, EdgeStyle, LatLng, LayerStyle, Line, Shapes, TileSet, Topology } from "./payload.ts";
import { outlines } from "./styles.ts";
import { thinned } from "./thinned.ts";
import { decode } from "./topology.ts";
import type { Bounds, Camera, DrawnEdge, DrawnLayer, DrawnPiece, Ground, Item } from "./view.ts";

declare const L: typeof Leaflet;
declare global {
  interface Window {
    /** What Folium rendered (layers/map/document.py): makes the map with the Leaflet that it is given. */
    atlasDraw?: (leaflet: typeof Leaflet, folium: FoliumCalls) => Leaflet.Map;
  }
}
/** What Folium's script calls: the geometry once, then every layer of the catalogue. */
interface FoliumCalls {
  ground(map: Leaflet.Map, topology: Topology): Shapes;
  layer(shapes: Shapes, drawing: Drawing): Leaflet.FeatureGroup;
}
/** A path with the members of Leaflet that have no public name. */
export type Path = Leaflet.Path & { _path: SVGPathElement };
interface Internals {
  _parts: Leaflet.Point[][];
  _point: Leaflet.Point;
  _radius: number;
  _renderer: { _setPath(path: unknown, d: string): void };
  _empty(): boolean;
}

const NEVER_SIMPLIFIED = { smoothFactor: 0, noClip: true, interactive: false } as const;
const ZOOM_MARGIN = 0.6;
const NOTHING: [number, number] = [0, 0];

const onPixels = {
  _simplifyPoints(this: Internals) {
    this._parts = this._parts.map(thinned);
  },
};
const symbolPath = {
  _updatePath(this: Internals & { options: { symbol?: keyof typeof outlines } }) {
    const draw = outlines[this.options.symbol ?? "circle"];
    this._renderer._setPath(this, this._empty() ? "M0 0" : draw(this._point, this._radius));
  },
};

/** Leaflet's classes with our way of drawing, made when Leaflet is there. */
function classes() {
  type Make<Path_> = new (latlngs: unknown, options: object) => Path_;
  return {
    Polygon: L.Polygon.extend(onPixels) as unknown as Make<Leaflet.Polygon & Path>,
    Polyline: L.Polyline.extend(onPixels) as unknown as Make<Leaflet.Polyline & Path>,
    Symbol: L.CircleMarker.extend(symbolPath) as unknown as Make<Leaflet.CircleMarker & Path>,
  };
}

const boundsOf = (path: Leaflet.Path): Bounds => {
  const found =
    "getBounds" in path
      ? (path as Leaflet.Polyline).getBounds()
      : L.latLngBounds([(path as Leaflet.CircleMarker).getLatLng()]);
  return [
    [found.getSouth(), found.getWest()],
    [found.getNorth(), found.getEast()],
  ];
};
const toBox = ([low, high]: Bounds) => L.latLngBounds(low, high);

/** Makes the map in an element and draws everything; throws where the data are damaged. */
export function createView(box: HTMLElement): { ground: Ground; camera: Camera } {
  if (!window.atlasDraw) throw new Error("the ground is not there");
  const drawer = createDrawer();
  // Folium's script names an element that this page does not have, so the Leaflet that it gets puts the map in ours.
  const here = Object.assign(Object.create(L) as typeof Leaflet, {
    map: (_id: string, settings: Leaflet.MapOptions) => L.map(box, settings),
  });
  const map = window.atlasDraw(here, drawer.calls);
  return { ground: drawer.ground(map), camera: createCamera(map, box) };
}

type Classes = ReturnType<typeof classes>;
/** What draws a path of each kind. */
export interface Pen {
  polygon(latlngs: Area, options: object): Leaflet.Polygon & Path;
  polyline(latlngs: Line[], options: object): Leaflet.Polyline & Path;
  symbol(at: LatLng, style: LayerStyle, radius: number): Leaflet.CircleMarker & Path;
  circle(at: LatLng, options: object): Leaflet.Circle & Path;
}

function createPen({ Polygon, Polyline, Symbol: Marker }: Classes, renderer: Leaflet.Renderer): Pen {
  const shared = { ...NEVER_SIMPLIFIED, renderer };
  return {
    polygon: (latlngs, options) => new Polygon(latlngs, { ...shared, fillOpacity: 1, ...options }),
    polyline: (latlngs, options) => new Polyline(latlngs, { ...shared, fill: false, ...options }),
    symbol: (at, style, radius) =>
      new Marker(at, {
        renderer,
        interactive: false,
        className: "atlas-shape atlas-point",
        color: "#fff",
        weight: 1.5,
        fillColor: style.hue,
        fillOpacity: 1,
        radius,
        symbol: style.symbol,
      }),
    circle: (at, options) =>
      L.circle(at, { renderer, interactive: false, ...options } as Leaflet.CircleMarkerOptions & {
        radius: number;
      }) as Leaflet.Circle & Path,
  };
}

/** A Leaflet layer whose paths are in an SVG group of their own; `node` is there once it is on the map. */
function groupOf(paths: Leaflet.Path[], id: string, renderer: Leaflet.Renderer) {
  const node = s("g", { "data-layer": id });
  const group = L.featureGroup(paths);
  const add = group.onAdd;
  group.onAdd = function onAdd(map) {
    add.call(this, map);
    (renderer as unknown as { _rootGroup: SVGGElement })._rootGroup.append(node);
    node.append(...paths.map((path) => (path as Path)._path));
    return this;
  };
  return { group, node };
}

function createDrawer() {
  const kinds = classes();
  const renderer = L.svg({ pane: "atlas", padding: ZOOM_MARGIN });
  const pen = createPen(kinds, renderer);
  const layers = new Map<string, DrawnLayer>();
  const held: Pick<Ground, "pieces" | "edges" | "controllers"> = { pieces: [], edges: [], controllers: {} };
  let base: Leaflet.Path[] = [];
  let drawn: Shapes | null = null;

  const calls: FoliumCalls = {
    ground(map, topology) {
      drawn = decode(topology);
      map.createPane("atlas").style.zIndex = "400";
      base = drawn.base.map((shape) => basePath(pen, shape));
      groupOf(base, "base", renderer).group.addTo(map);
      return drawn;
    },
    layer(shapes, drawing) {
      const style: LayerStyle = drawing.style ?? { hue: "#55514a", width: 1 };
      const control = drawing.draw === "control" ? drawControl(pen, shapes, drawing.edges ?? []) : null;
      if (control) Object.assign(held, control, { controllers: drawing.controllers ?? {} });
      const made = control ? [] : itemPaths(pen, shapes, drawing, style);
      const paths = control ? control.paths : made.flatMap((one) => one.paths);
      const items = made.map((one) => toItem(one.shape, one.paths));
      const { group, node } = groupOf(paths, drawing.id, renderer);
      layers.set(drawing.id, { id: drawing.id, draw: drawing.draw, style, node, items, on: false, lit: false });
      return group;
    },
  };
  const ground = (map: Leaflet.Map): Ground => {
    const lakes = drawn?.base.flatMap((shape, i) => (shape.kind === "lake" ? [(base[i] as Path)._path] : [])) ?? [];
    // Lakes lie over the ground, no matter who holds it.
    layers.get("control")?.node.after(s("g", { "data-layer": "base" }, ...lakes));
    // Bands that overlap are one band: they are see-through together.
    const bands = held.edges.flatMap((edge) => edge.band() ?? []);
    bands[0]?.before(s("g", { class: "atlas-bands" }));
    bands[0]?.previousElementSibling?.append(...bands);
    const defs = s("defs");
    (renderer as unknown as { _container: SVGElement })._container.prepend(defs);
    return {
      ...held,
      layers,
      defs,
      points: [...layers.values()].flatMap((layer) =>
        layer.items.flatMap((item) => (item.shape.point ? [item.shape] : [])),
      ) as Ground["points"],
      addSymbol(at, style, radius, layer) {
        const path = pen.symbol(at, style, radius);
        path.addTo(map);
        layer.node.append(path._path);
        return path._path;
      },
    };
  };
  return { calls, ground };
}

/** The pieces, and over them the edges between. */
function drawControl(pen: Pen, shapes: Shapes, styles: EdgeStyle[]) {
  const areas = shapes.pieces.map((piece) => ({
    piece,
    path: pen.polygon(piece.latlngs, { className: "atlas-shape atlas-piece", weight: 0.8 }),
  }));
  const lines = shapes.edges.map((edge) => ({ edge, ...edgePath(pen, edge, styles) }));
  const bands = lines
    .filter(({ edge }) => edge.divides === "inner")
    .map(({ edge }) => ({ edge, path: pen.polyline(edge.latlngs, { className: "atlas-band", weight: 1 }) }));
  const pieces: DrawnPiece[] = areas.map(({ piece, path }) => ({
    piece,
    node: nodeOf(path),
    bounds: () => boundsOf(path),
  }));
  const bandOf = new Map(bands.map(({ edge, path }) => [edge, nodeOf(path)]));
  const edges: DrawnEdge[] = lines.map(({ edge, path, kind }) => ({
    edge,
    kind,
    node: nodeOf(path),
    band: () => bandOf.get(edge)?.() ?? null,
  }));
  return { pieces, edges, paths: [...areas, ...bands, ...lines].map(({ path }) => path) };
}

/** Paths get their node only when they are on the map, so it is looked up when it is first asked for. */
const nodeOf = (path: Leaflet.Path) => () => (path as Path)._path;

function toItem(shape: Item["shape"], paths: Leaflet.Path[]): Item {
  const last = paths.at(-1) as Path;
  return {
    shape,
    node: nodeOf(last),
    nodes: () => paths.map((path) => (path as Path)._path),
    bounds: () => boundsOf(last),
  };
}

function createCamera(map: Leaflet.Map, box: HTMLElement): Camera {
  const origin = () => map.getPixelOrigin();
  const pane = (name: string, zIndex: number): HTMLElement => {
    const found = map.getPane(name) ?? map.createPane(name);
    found.style.zIndex = String(zIndex);
    return found;
  };
  return {
    box,
    pane,
    size: () => [map.getSize().x, map.getSize().y],
    center: () => [map.getCenter().lat, map.getCenter().lng],
    zoom: () => map.getZoom(),
    set: (place, zoom) => void map.setView(place, zoom, { animate: false }),
    fly: (place, zoom, animate) => void map.flyTo(place, zoom, { animate, duration: 0.8 }),
    beside: (place, zoom, pixels) => {
      const { lat, lng } = map.unproject(map.project(place, zoom).add(pixels), zoom);
      return [lat, lng];
    },
    fit: (bounds, { topLeft, bottomRight, pad = 0, maxZoom } = {}) => {
      const padding = { paddingTopLeft: topLeft ?? NOTHING, paddingBottomRight: bottomRight ?? NOTHING };
      map.fitBounds(toBox(bounds).pad(pad), {
        ...padding,
        animate: false,
        ...(maxZoom === undefined ? {} : { maxZoom }),
      });
    },
    panBy: (x, y) => void map.panBy([x, y], { animate: false }),
    zoomBy: (steps, about) => {
      const asked = map.getZoom() + steps * (map.options.zoomDelta ?? 1);
      // Leaflet would move a map that is as close, or as far, as it goes.
      const zoom = Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), asked));
      map.setZoomAround(L.point(about), zoom);
    },
    resize: () => void map.invalidateSize({ animate: false }),
    remove: () => void map.remove(),
    metresPerPixel: () => {
      const middle = map.getSize().divideBy(2);
      return map.distance(map.containerPointToLatLng([0, middle.y]), map.containerPointToLatLng([100, middle.y])) / 100;
    },
    frame: () => {
      const { min, max } = map.getPixelBounds() as { min: Leaflet.Point; max: Leaflet.Point };
      return {
        left: min.x - origin().x,
        top: min.y - origin().y,
        right: max.x - origin().x,
        bottom: max.y - origin().y,
      };
    },
    pixel: (place) => {
      const { x, y } = map.project(place).subtract(origin());
      return [x, y];
    },
    corner: () => {
      const { x, y } = map.project(map.containerPointToLatLng([0, 0]), map.getZoom());
      return [x, y];
    },
    pin: (element) => L.DomUtil.setPosition(element, map.containerPointToLayerPoint([0, 0])),
    on: (events, listener) => {
      map.on(events, listener);
      return () => void map.off(events, listener);
    },
    onPress: (listener) =>
      void map.on("click", ({ latlng, originalEvent }) => listener([latlng.lat, latlng.lng], originalEvent)),
    onPointer: (listener) => void map.on("mousemove", ({ latlng }) => listener([latlng.lat, latlng.lng])),
    allow: (what, yes) => {
      const handler = what === "dragging" ? map.dragging : map.doubleClickZoom;
      if (yes) handler.enable();
      else handler.disable();
    },
    touch: L.Browser.touch,
    ...createOverlays(map, pane),
  };
}

function createOverlays(map: Leaflet.Map, pane: Camera["pane"]): Pick<Camera, "overlay" | "tiles" | "ring" | "path"> {
  return {
    overlay: (element, bounds, zIndex) => {
      pane("atlasRelief", zIndex).style.pointerEvents = "none";
      const options = { pane: "atlasRelief", interactive: false, className: "atlas-relief" };
      const picture = L.svgOverlay(element as unknown as SVGElement, toBox(bounds), options);
      return (on) => void (on ? picture.addTo(map) : picture.remove());
    },
    tiles: ({ url, max_zoom: maxZoom }: TileSet, seen, failed) => {
      pane("atlasTiles", 150);
      const layer = L.tileLayer(url, { pane: "atlasTiles", maxZoom, referrerPolicy: "origin" });
      layer.on("tileload", seen).on("tileerror", failed).addTo(map);
      return () => void layer.remove();
    },
    ring: (place) => {
      pane("atlasRing", 630).style.pointerEvents = "none";
      const ring = L.circleMarker(place, {
        pane: "atlasRing",
        className: "atlas-ring",
        radius: 15,
        color: "#6d2354",
        weight: 3.5,
        fill: false,
        interactive: false,
      }).addTo(map);
      return () => void ring.remove();
    },
    path: () => {
      const style = {
        pane: "atlas",
        interactive: false,
        className: "atlas-measured",
        color: "#111",
        weight: 2.5,
        fillColor: "#fff",
        fillOpacity: 1,
      };
      const line = L.polyline([], { ...style, fill: false, dashArray: "7 4" }).addTo(map);
      const knots = L.layerGroup().addTo(map);
      return {
        draw: (points) => {
          line.setLatLngs(points);
          knots.clearLayers();
          for (const point of points) L.circleMarker(point, { ...style, radius: 4 }).addTo(knots);
        },
        remove: () => {
          line.remove();
          knots.remove();
        },
      };
    },
  };
}
