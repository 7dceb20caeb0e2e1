// How each kind of shape is drawn: which paths it has, the lowest first.

import type { Path, Pen } from "./leaflet.ts";
import type {
  Area,
  BaseShape,
  ControllerStyle,
  Edge,
  EdgeStyle,
  LayerStyle,
  Line,
  PointShape,
  Shapes,
} from "./payload.ts";
import type { Item } from "./view.ts";

/** What Folium's script says of one layer. */
export interface Drawing {
  id: string;
  draw: "control" | "area" | "line" | "point";
  style?: LayerStyle;
  controllers?: Record<string, ControllerStyle>;
  edges?: EdgeStyle[];
  points?: PointShape[];
}

export function basePath(pen: Pen, shape: BaseShape): Path {
  const className = `atlas-base is-${shape.kind}`;
  const outline = shape.kind === "coast" || !Array.isArray(shape.latlngs[0]?.[0]?.[0]);
  return outline
    ? pen.polyline(shape.latlngs as Line[], { className })
    : pen.polygon(shape.latlngs as Area, { className, stroke: false });
}

export function edgePath(pen: Pen, edge: Edge, styles: EdgeStyle[]) {
  const style = styles.find((one) => edge.accuracy_m <= one.within_m);
  const path = pen.polyline(edge.latlngs, {
    className: "atlas-edge",
    weight: style?.width ?? 1,
    dashArray: style?.dash || null,
  });
  return { path, kind: style?.id ?? "" };
}

export function itemPaths(
  pen: Pen,
  shapes: Shapes,
  { id, draw, points = [] }: Drawing,
  style: LayerStyle,
): { shape: Item["shape"]; paths: Path[] }[] {
  const look = { color: style.hue, weight: style.width };
  if (draw === "area") {
    const options = {
      ...look,
      className: "atlas-shape atlas-zone",
      dashArray: style.dash || null,
    };
    const around = { ...options, fill: false, className: "atlas-case" };
    return shapes.zones
      .filter((zone) => zone.zone === id)
      .map((shape) => ({
        shape,
        paths: [
          pen.polygon(shape.latlngs, { ...around, weight: style.width + 9, opacity: 0.18, dashArray: null }),
          pen.polygon(shape.latlngs, { ...around, weight: style.width + 2.6, color: "#fff", opacity: 0.85 }),
          pen.polygon(shape.latlngs, options),
        ],
      }));
  }
  if (draw === "line") {
    const options = { ...look, className: "atlas-shape atlas-line", lineCap: style.dash ? "round" : "butt" };
    return shapes.lines
      .filter((line) => line.zone === id)
      .map((shape) => ({ shape, paths: [pen.polyline(shape.latlngs, { ...options, dashArray: shape.dash || null })] }));
  }
  return points.map((shape) => {
    const symbol = pen.symbol(shape.at, style, 7);
    const doubt = {
      className: "atlas-doubt",
      color: style.hue,
      weight: 1,
      dashArray: "2 4",
      fillColor: style.hue,
      fillOpacity: 0.07,
      radius: shape.accuracy_m,
    };
    return { shape, paths: shape.accuracy_m > 1000 ? [pen.circle(shape.at, doubt), symbol] : [symbol] };
  });
}
