// What the worker does with one file: opens it, shows what it was taken for, places its rows. No page is needed for it.

import { createGround, type Ground } from "./attribute_answer.ts";
import { type Archive, openArchive } from "./attribute_archive.ts";
import { type Choice, candidates, choose, spanOf, type Table } from "./attribute_columns.ts";
import { createWriter, type Limits, readCsv } from "./attribute_csv.ts";
import { readGeoJson } from "./attribute_geojson.ts";
import { type GroundData, OUTSIDE } from "./attribute_ground.ts";
import { createPlacer, type Placed, refuseSwapped, type Summary } from "./attribute_rows.ts";
import { InputError, IS_PARQUET, type Lists, type Said } from "./attribute_words.ts";
import { readXlsx } from "./attribute_xlsx.ts";
import { readXmlPoints } from "./attribute_xml_points.ts";
import { word } from "./language.ts";

export const LIMITS: Limits = { bytes: 10 * 2 ** 20, rows: 50_000, columns: 100, member: 32 * 1024 };
/** Rows of a list that are shown before it is placed, and that a first look for swapped columns takes. */
const [FIRST, EARLY] = [5, 5_000];
/** Rows after which the worker tells how far it is. */
const STEP = 2_000;
const ZIP = "PK\u0003\u0004";
/** Endings of names of files of features; what is no other kind is read as a table. */
const FEATURES = ["geojson", "json", "geojsonl", "ndjson", "geojsons"];

/** What a file looks like. */
export interface Opened {
  names: string[];
  found: Choice;
  /** Whether the format has positions of its own. */
  placed: boolean;
  messages: Said[];
}
/** The first rows as they were read, and the columns of precision; or why they can't be placed. */
export interface Preview {
  error: Said | null;
  rows: { date: string; lat: number; lon: number; radius: string; rule: string; said: Said[] }[];
  precision: string[];
}
/** What the map draws of each row that could be asked, oldest first. */
export interface DrawnPoints {
  day: Int32Array;
  lat: Int32Array;
  lon: Int32Array;
  certain: Uint8Array;
  holder: Int8Array;
}
export interface Result {
  csv: Blob;
  summary: Summary;
  drawn: DrawnPoints;
  controllers: string[];
}

/** Opens a file by its name and first bytes; throws {@link InputError}. */
export function openTable(bytes: Uint8Array, name: string, lists: Lists): Table {
  if (bytes.length > LIMITS.bytes)
    throw new InputError(word("the file has {size} bytes; at most {most} are read here: use the command for more."), {
      size: bytes.length,
      most: LIMITS.bytes,
    });
  if (!bytes.length) throw new InputError(word("the file is empty."));
  const table = tableOf(bytes, /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "", lists);
  if (!table.rows.length) throw new InputError(word("the file is empty: there is a header but no row."));
  return table;
}

function tableOf(bytes: Uint8Array, ending: string, lists: Lists): Table {
  if (ending === "xlsx" || ending === "kmz") {
    if (!startOf(bytes).startsWith(ZIP))
      throw new InputError(word("the file is called {ending} but is no spreadsheet and no archive."), { ending });
    const archive = openArchive(bytes);
    return ending === "xlsx" ? readXlsx(archive, LIMITS) : readXmlPoints(unpackedKml(archive), "KML", LIMITS);
  }
  const xml = ending === "kml" || ending === "gpx";
  refuseOthers(bytes, xml);
  if (xml) return readXmlPoints(bytes, ending === "kml" ? "KML" : "GPX", LIMITS);
  return FEATURES.includes(ending) ? readGeoJson(bytes, LIMITS) : readCsv(bytes, lists, LIMITS);
}

function unpackedKml({ names, read }: Archive): Uint8Array {
  const found = names.filter((name) => /\.kml$/i.test(name)).sort();
  const name = found.includes("doc.kml") ? "doc.kml" : found[0];
  const bytes = name === undefined ? null : read(name);
  if (!bytes) throw new InputError(word("the archive holds no KML."));
  return bytes;
}

const startOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 16));

/** Names the formats that text is often mistaken for. */
function refuseOthers(bytes: Uint8Array, xml: boolean): void {
  const head = startOf(bytes);
  const others = [
    [ZIP, word("the file is a zip archive or a spreadsheet: name it .xlsx or .kmz if it is that.")],
    ["\u00d0\u00cf\u0011\u00e0", word("the file is an old spreadsheet: save it as XLSX or CSV.")],
    ["SQLite format 3", word("the file is a GeoPackage: the command reads it.")],
    ["PAR1", IS_PARQUET],
    ["\u001f\u008b", word("the file is compressed (gzip): unpack it first.")],
    ["%PDF", word("the file is a PDF.")],
  ] as const;
  for (const [start, said] of others) if (head.startsWith(start)) throw new InputError(said);
  if (!xml && /^(?:\xef\xbb\xbf)?\s*</.test(head))
    throw new InputError(
      word("the file is XML or HTML: name it .kml or .gpx if it is that; nothing else in XML is read."),
    );
}

export function opened(table: Table, lists: Lists): Opened {
  const one = (role: "lat" | "lon" | "date" | "place") => {
    const found = candidates(table, role, lists);
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const span = spanOf(table, lists.headers);
  const [lat, lon] = [one("lat"), one("lon")];
  return {
    names: table.names,
    placed: table.places !== null,
    messages: table.messages,
    found: {
      lat,
      lon,
      place: lat && lon ? null : one("place"),
      date: span?.[0] ?? one("date"),
      dateEnd: span?.[1] ?? null,
      order: null,
      precision: true,
    },
  };
}

export function preview(ground: Ground, table: Table, choice: Choice, lists: Lists): Preview {
  try {
    const columns = choose(table, choice, lists);
    const { place, summary } = createPlacer(ground, table, columns, choice.order, lists);
    const rows = table.rows.slice(0, FIRST).map((_row, at) => shownRow(place(at)));
    refuseSwapped(summary, columns);
    return { error: null, rows, precision: columns.precision.map(({ name, table: from }) => `${name} (${from})`) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error: saidOf(error), rows: [], precision: [] };
  }
}

function shownRow({ lat, lon, values, said }: Placed): Preview["rows"][number] {
  const value = (name: string) => values.get(name) ?? "";
  const date = values.has("first") ? `${value("first")} – ${value("last")}` : value("as_of");
  return { date, lat, lon, radius: value("radius_m"), rule: value("rule"), said };
}

/** Places all rows; `tell` hears now and then the share that is done. Throws {@link InputError}. */
export function placeAll(
  ground: Ground,
  table: Table,
  choice: Choice,
  lists: Lists,
  tell: (done: number) => void,
): Result {
  const columns = choose(table, choice, lists);
  const { place, summary } = createPlacer(ground, table, columns, choice.order, lists);
  const write = createWriter(lists);
  const own = [...columns.added.keys()];
  const parts = ["\ufeff", write([[...table.names, ...columns.added.values()]])];
  const drawn: Drawn[] = [];
  let block: (string | null)[][] = [];
  for (let row = 0; row < table.rows.length; row += 1) {
    const placed = place(row);
    if (columns.added.has("lat")) addPosition(placed);
    block.push([...(table.rows[row] ?? []), ...own.map((name) => placed.values.get(name) ?? null)]);
    const point = drawnPoint(ground, placed);
    if (point) drawn.push(point);
    if (row === Math.min(EARLY, table.rows.length) - 1) refuseSwapped(summary, columns);
    if (block.length < STEP && row < table.rows.length - 1) continue;
    parts.push(write(block));
    block = [];
    tell((row + 1) / table.rows.length);
  }
  return {
    csv: new Blob(parts, { type: "text/csv" }),
    summary,
    drawn: packed(drawn),
    controllers: ground.states.controllers,
  };
}

function addPosition({ lat, lon, values }: Placed): void {
  if (!Number.isNaN(lat)) values.set("lat", String(lat));
  if (!Number.isNaN(lon)) values.set("lon", String(lon));
}

type Drawn = [day: number, lat: number, lon: number, certain: number, holder: number];

function drawnPoint({ states }: Ground, { answer, lat, lon, values }: Placed): Drawn | null {
  if (!answer) return null;
  const holder = answer.piece === OUTSIDE ? -1 : states.held(answer.piece, answer.state).controller;
  return [answer.asOf, Math.round(lat * 1e5), Math.round(lon * 1e5), Number(values.get("certain") === "true"), holder];
}

function packed(points: Drawn[]): DrawnPoints {
  points.sort(([a], [b]) => a - b);
  return {
    day: Int32Array.from(points, ([day]) => day),
    lat: Int32Array.from(points, ([, lat]) => lat),
    lon: Int32Array.from(points, ([, , lon]) => lon),
    certain: Uint8Array.from(points, ([, , , certain]) => certain),
    holder: Int8Array.from(points, ([, , , , holder]) => holder),
  };
}

/** The sentence of an error, as a worker can post it. */
export const saidOf = ({ english, values }: Said): Said => ({ english, values });

export { createGround, type GroundData, InputError };
