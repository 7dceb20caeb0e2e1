// KML and GPX as features: placemarks, waypoints, the points of routes and tracks (geodata/attribution/reading/xml_points.py).

import type { Table } from "./attribute_columns.ts";
import { type Limits, tooMany } from "./attribute_csv.ts";
import { tableOf } from "./attribute_geojson.ts";
import { InputError } from "./attribute_words.ts";
import { child, type Element, walkXml, within } from "./attribute_xml.ts";
import { word } from "./language.ts";

const RECORDS = new Set(["Placemark", "wpt", "rtept", "trkpt"]);
const ROOTS = new Map([
  ["kml", "KML"],
  ["gpx", "GPX"],
]);
const PLAIN = new Set([
  ...["name", "description", "address", "cmt", "desc", "src"],
  ...["type", "sym", "ele", "time", "styleUrl", "hdop"],
]);
const SHAPES = new Set([
  ...["Point", "LineString", "LinearRing", "Polygon"],
  ...["MultiGeometry", "Model", "Track", "MultiTrack"],
]);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Throws {@link InputError}; `kind` is what the file is called. */
export function readXmlPoints(bytes: Uint8Array, kind: "KML" | "GPX", limits: Limits): Table {
  const features: Feature[] = [];
  const take = (record: Element) => {
    features.push(featureOf(record, limits));
    if (features.length > limits.rows) throw tooMany(limits);
  };
  const root = (name: string, level: number) => {
    if (level) return;
    const found = ROOTS.get(name);
    if (!found)
      throw new InputError(word("the file is XML, but neither KML nor GPX: its root is “{name}”."), {
        name: name.slice(0, 40),
      });
    if (found !== kind) throw new InputError(word("the file is called {kind} but is {found}."), { kind, found });
  };
  walkXml(bytes, RECORDS, take, root);
  return tableOf(features, limits);
}

interface Feature {
  type: "Feature";
  properties: Record<string, string | null>;
  geometry: { type: string; coordinates?: unknown[] } | null;
  when?: { start: string | null; end: string | null };
}

function featureOf(record: Element, limits: Limits): Feature {
  // A name of a placemark's own may be any, so nothing is inherited.
  const properties: Feature["properties"] = Object.create(null);
  const feature: Feature = { type: "Feature", properties, geometry: null };
  const put = (name: string, value: string | null) => {
    if (!(name in properties)) properties[name] = value;
  };
  for (const element of within(record)) {
    const { name } = element;
    if (PLAIN.has(name)) put(name, textOf(element));
    else if (name === "Data") put(element.attribute("name") ?? "None", textOf(child(element, "value")));
    else if (name === "SimpleData") put(element.attribute("name") ?? "None", textOf(element));
    else if ((name === "TimeStamp" || name === "TimeSpan") && !feature.when) {
      const [when, begin, end] = ["when", "begin", "end"].map((one) => textOf(child(element, one)));
      feature.when = { start: when ?? begin ?? null, end: end ?? null };
    } else if (SHAPES.has(name) && !feature.geometry) feature.geometry = shapeOf(element);
  }
  if (record.name !== "Placemark") {
    properties.kind = record.name;
    feature.geometry = { type: "Point", coordinates: ["lon", "lat"].map((one) => numberOf(record.attribute(one))) };
  }
  const length = Object.values(properties).reduce((sum, value) => sum + (value?.length ?? 0), 0);
  if (length > limits.member)
    throw new InputError(word("one place is longer than {count} characters: it is refused."), { count: limits.member });
  return feature;
}

const textOf = (element: Element | undefined): string | null => element?.text.trim() || null;

/** A point with its coordinates; of anything else the kind alone, which is what its reason names. */
function shapeOf(element: Element): Feature["geometry"] {
  const points = [...within(element)].filter(({ name }) => name !== "MultiGeometry" && SHAPES.has(name));
  const [point, ...others] = points;
  if (point?.name !== "Point" || others.length) return { type: element.name };
  const parts = (textOf(child(point, "coordinates")) ?? "").split(",");
  return { type: "Point", coordinates: parts.slice(0, 2).map(numberOf) };
}

function numberOf(text: string | null): number | string | null {
  return text !== null && NUMBER.test(text.trim()) ? Number(text) : text;
}
