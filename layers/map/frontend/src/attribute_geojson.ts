// GeoJSON, whole or one feature a line (geodata/attribution/reading/geojson.py).

import type { Table } from "./attribute_columns.ts";
import { type Limits, tooMany } from "./attribute_csv.ts";
import { InputError, Unreadable } from "./attribute_words.ts";
import { word } from "./language.ts";

type Json = Record<string, unknown>;
const WGS84 = ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "OGC:CRS84", "CRS84"];
const NO_FEATURE = word("it is not a feature");
const NO_GEOMETRY = word("it has no geometry");
const NO_POINT = word("its geometry is {value}: only points can be placed");
const NO_COORDINATES = word("its point has no coordinates");
const NO_NUMBERS = word("its coordinates are not numbers");
const WHEN = ["when_first", "when_last"] as const;

export const readGeoJson = (bytes: Uint8Array, limits: Limits): Table => tableOf(featuresOf(textOf(bytes)), limits);

/** A table of features, with their positions; what is no point has a reason. */
export function tableOf(features: readonly unknown[], limits: Limits): Table {
  if (!features.length) throw new InputError(word("the file is empty: it has no feature."));
  if (features.length > limits.rows) throw tooMany(limits);
  const properties = features.map(propertiesOf);
  const keys = [...new Set(properties.flatMap(Object.keys))];
  if (keys.length > limits.columns)
    throw new InputError(word("the features have more than {columns} different properties."), {
      columns: limits.columns,
    });
  const [lat, lon] = ["lat", "lon"].map((name) => free(name, keys)) as [string, string];
  const table: Table = {
    names: [...keys, lat, lon],
    rows: [],
    places: [],
    days: keys.includes(WHEN[0]) ? [...WHEN] : null,
    wrong: new Map(),
    notes: new Map(),
    plain: false,
    messages: [],
  };
  for (const [at, feature] of features.entries()) {
    const place = { lat: Number.NaN, lon: Number.NaN };
    try {
      Object.assign(place, positionOf(feature));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      table.wrong.set(at, error.said);
    }
    table.places?.push(place);
    const own = [place.lat, place.lon].map((value) => (Number.isNaN(value) ? null : String(value)));
    table.rows.push([...keys.map((key) => cell(properties[at]?.[key])), ...own]);
  }
  return table;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(word("the file holds text that is not UTF-8; GeoJSON must be UTF-8: save it so."));
  }
}

/** Whole numbers that are not exact in JavaScript stay text, where the browser hands on how they are written. */
function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const large = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return large ? (context?.source ?? value) : value;
}
const parse = (text: string): unknown => JSON.parse(text, exact as (key: string, value: unknown) => unknown);

/** The features of a collection, or of a sequence of features. */
function featuresOf(text: string): unknown[] {
  let whole: unknown;
  try {
    whole = parse(text);
  } catch (error) {
    const lines = text.split("\n").map((line) => line.replace("\u001e", "").trim());
    const features = lines.filter(Boolean).map((line) => parsedLine(line, error));
    if ((features[0] as Json)?.type !== "Feature") throw unlike(error);
    return features;
  }
  const { type, features, crs } = Object(whole) as Json;
  if (type === "Feature") return [whole];
  if (type !== "FeatureCollection" || !Array.isArray(features))
    throw new InputError(
      word("the file is not a FeatureCollection but “{type}”: put the points into a FeatureCollection."),
      { type: String(type).slice(0, 40) },
    );
  refuseOthers(crs);
  return features;
}

const unlike = (error: unknown) =>
  new InputError(word("the file is not GeoJSON, or it ends too early: {reason}."), {
    reason: String(error).slice(0, 80),
  });

function parsedLine(line: string, error: unknown): unknown {
  try {
    return parse(line);
  } catch {
    throw unlike(error);
  }
}

/** The page has no projections: another reference system is refused. */
function refuseOthers(crs: unknown): void {
  if (crs === undefined || crs === null) return;
  const { properties } = Object(crs) as { properties?: Json };
  const name = String(Object(properties).name ?? crs);
  if (!WGS84.includes(name))
    throw new InputError(
      word("the file is in {system}: convert it to WGS84 (EPSG:4326), or use the command, which does."),
      { system: name.slice(0, 40) },
    );
}

function propertiesOf(feature: unknown): Json {
  const { id, properties, when } = Object(feature) as Json;
  let found: Json =
    properties !== null && typeof properties === "object" && !Array.isArray(properties) ? (properties as Json) : {};
  if (id !== undefined && !("id" in found)) found = { id, ...found };
  const time = when ?? found.when;
  if (time !== null && typeof time === "object" && !Array.isArray(time)) {
    const [first, last] = whenOf(time as Json);
    found = { ...found, [WHEN[0]]: first, [WHEN[1]]: last };
  }
  return found;
}

/** First and last day of GeoJSON-T's `when`: from the start of its first span to the end of its last. */
function whenOf(when: Json): [unknown, unknown] {
  const spans = when.timespans;
  const listed = Array.isArray(spans) && spans.length ? spans : [when];
  const [start] = ends(listed[0]);
  const [, stop] = ends(listed.at(-1));
  const one = (value: unknown, ...keys: string[]) =>
    value !== null && typeof value === "object" ? keys.map((key) => (value as Json)[key]).find(Boolean) : value;
  const first = one(start, "in", "earliest", "latest");
  const last = stop ?? (start !== null && typeof start === "object" ? (start as Json).latest : null);
  return [first ?? null, one(last, "in", "latest", "earliest") ?? null];
}

function ends(span: unknown): [unknown, unknown] {
  if (Array.isArray(span)) return [span[0] || null, span[3] || null];
  if (span === null || typeof span !== "object") return [span, null];
  const { start, end, stop } = span as Json;
  return [start, end ?? stop];
}

function positionOf(feature: unknown): { lat: number; lon: number } {
  const { type, geometry } = Object(feature) as Json;
  if (type !== "Feature") throw new Unreadable(NO_FEATURE);
  if (geometry === undefined || geometry === null) throw new Unreadable(NO_GEOMETRY);
  const { type: kind, coordinates } = Object(single(geometry)) as Json;
  if (kind !== "Point") throw new Unreadable(NO_POINT, String(kind ?? geometry));
  if (!Array.isArray(coordinates) || coordinates.length < 2) throw new Unreadable(NO_COORDINATES);
  const [lon, lat] = coordinates as unknown[];
  if (typeof lon !== "number" || typeof lat !== "number") throw new Unreadable(NO_NUMBERS);
  return { lat, lon };
}

/** The one point of a MultiPoint or collection that has no more; else the geometry as it is. */
function single(geometry: unknown): unknown {
  const { type, coordinates, geometries } = Object(geometry) as Json;
  if (type === "MultiPoint" && Array.isArray(coordinates) && coordinates.length === 1)
    return { type: "Point", coordinates: coordinates[0] };
  return type === "GeometryCollection" && Array.isArray(geometries) && geometries.length === 1
    ? geometries[0]
    : geometry;
}

/** A property as text: what is none is written as JSON. */
const cell = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
};

function free(name: string, taken: readonly string[]): string {
  let found = name;
  while (taken.includes(found)) found = `geometry_${found}`;
  return found;
}
