// The rows of a list with their answers: what Python's command adds, value by value (geodata/attribution/rows.py).

import type { Answer, Ground } from "./attribute_answer.ts";
import type { Columns, Table } from "./attribute_columns.ts";
import { createDayReader } from "./attribute_days.ts";
import { createExtents, type RowExtent } from "./attribute_extents.ts";
import { OUTSIDE } from "./attribute_ground.ts";
import { checked, type Position, placeOf, positionOf, SWAPPED } from "./attribute_places.ts";
import { InputError, inEnglish, kindOf, type Lists, type Said } from "./attribute_words.ts";
import { isoDay } from "./dates.ts";
import { word } from "./language.ts";

const TAG = /^#[a-z][a-z0-9_]*( *\+[a-z0-9_+ ]*)?$/;
const EMPTY: Said = { english: word("the row is empty"), values: {} };
const TAGS: Said = { english: word("the row holds HXL tags, no data"), values: {} };

/** How many rows came out how. */
export interface Summary {
  rows: number;
  placed: number;
  outside: number;
  uncertain: number;
  unreadable: number;
  swapped: number;
  noData: number;
  extents: number;
  /** Rows of each kind of problem, by its sentence in English. */
  reasons: Map<string, { kind: Said; count: number }>;
  controllers: Map<string, number>;
  clauses: Map<string, number>;
  months: Map<string, number>;
  /** The first rows about which there is something to say. */
  problems: [row: number, problem: Said[]][];
}
/** One row with its answer; `values` holds the added columns that have a value, by their plain names. */
export interface Placed {
  lat: number;
  lon: number;
  values: Map<string, string>;
  /** For the map: day and holder, where the row could be asked. */
  answer: Answer | null;
  /** What is said of it. */
  said: Said[];
}
const PROBLEMS = 300;

export const emptySummary = (): Summary => ({
  rows: 0,
  placed: 0,
  outside: 0,
  uncertain: 0,
  unreadable: 0,
  swapped: 0,
  noData: 0,
  extents: 0,
  reasons: new Map(),
  controllers: new Map(),
  clauses: new Map(),
  months: new Map(),
  problems: [],
});

/** Places the rows of a table one by one, and counts them. */
export function createPlacer(
  ground: Ground,
  table: Table,
  columns: Columns,
  order: "dmy" | "mdy" | null,
  lists: Lists,
): { place(row: number): Placed; summary: Summary } {
  const summary = emptySummary();
  const extents = createExtents(table, columns, createDayReader(lists, ground.data.coverage[0], order));
  const positions = positionsOf(table, columns);
  const place = (row: number): Placed => {
    const extent = extents(row);
    const position = positions(row);
    const damaged = table.wrong.get(row) ?? null;
    let wrong = damaged ?? position.wrong ?? extent.wrong;
    const empty = wrong && !damaged && table.plain ? withoutData(table.rows[row] ?? []) : null;
    if (empty) {
      wrong = empty;
      summary.noData += 1;
    }
    const answer = wrong
      ? null
      : ground.ask({ ...extent, lat: position.lat, lon: position.lon, radius: extent.radius });
    const placed: Placed = { lat: position.lat, lon: position.lon, values: new Map(), answer, said: [] };
    if (answer) addAnswer(placed.values, ground, answer, extent);
    const suspect = answer?.piece === OUTSIDE && isSwapped(ground, position);
    // Of a row that can't be read its reason is told, not its precision.
    const notes = [
      table.notes.get(row),
      ...(wrong ? [] : [suspect ? { english: SWAPPED, values: {} } : null, extent.note]),
    ];
    const said = [wrong, ...notes].filter((one) => one !== null && one !== undefined);
    placed.said = said;
    if (said.length) placed.values.set("problem", said.map(inEnglish).join("; "));
    count(summary, ground, placed, {
      row,
      wrong: wrong && !empty ? wrong : null,
      notes: said.filter((one) => one !== wrong),
      suspect,
      empty: Boolean(empty),
      unknown: extent.unknown,
    });
    return placed;
  };
  return { place, summary };
}

function positionsOf(table: Table, columns: Columns): (row: number) => Position {
  const [lat, lon, place] = [columns.lat, columns.lon, columns.place].map((name) =>
    table.names.indexOf(name ?? ""),
  ) as [number, number, number];
  return (row) => {
    const cells = table.rows[row] ?? [];
    const own = table.places?.[row];
    if (own) return checked(own.lat, own.lon, null);
    return columns.place === null ? positionOf(cells[lat] ?? "", cells[lon] ?? "") : placeOf(cells[place] ?? "");
  };
}

/** What is said of a row that holds nothing, or tags of the Humanitarian Exchange Language; null where it holds data. */
function withoutData(cells: readonly (string | null)[]): Said | null {
  const texts = cells.map((cell) => (cell ?? "").trim()).filter(Boolean);
  if (!texts.length) return EMPTY;
  return texts.every((text) => TAG.test(text)) ? TAGS : null;
}

/** Whether a place lies within the bounds of the ground only if latitude and longitude change places. */
function isSwapped(ground: Ground, { lat, lon }: Position): boolean {
  const [south, west, north, east] = ground.bounds;
  const within = (y: number, x: number) => y >= south && y <= north && x >= west && x <= east;
  return within(lon, lat) && !within(lat, lon);
}

/** Rounds to whole numbers as Python does: a half goes to the even one. */
export function rint(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

/** The added columns of a row that was answered. */
function addAnswer(values: Map<string, string>, ground: Ground, answer: Answer, extent: RowExtent): void {
  const { states, data } = ground;
  const piece = data.pieces[answer.piece];
  const held = states.held(answer.piece, answer.state);
  const put = (name: string, value: string | number | boolean | null | undefined) => {
    if (value !== null && value !== undefined && value !== "") values.set(name, String(value));
  };
  const metres = (value: number) => (piece && Number.isFinite(value) ? rint(value) : null);
  const others = answer.possible & ~(held.controller < 0 ? 0 : 1 << held.controller);
  put("controller", states.controllers[held.controller]);
  put("sovereign", piece?.sovereign);
  if (piece || answer.possible) put("certain", answer.certain && !extent.unknown);
  put("or", states.controllers.filter((_name, at) => (others >> at) & 1).join("; "));
  put(
    "share",
    answer.share && (piece || answer.possible) ? shareText(answer.share, answer.possible, states.controllers) : null,
  );
  put("zones", held.zones);
  put("clauses", held.clauses);
  put("edge_m", metres(answer.line.metres));
  if (piece) put("accuracy_m", Number.isFinite(answer.line.metres) ? answer.line.accuracy : piece.accuracy_m);
  put("border_m", metres(answer.border.metres));
  if (metres(answer.border.metres) !== null) put("border_accuracy_m", answer.border.accuracy);
  put("near_border", answer.border.room < 0);
  put("unit", piece?.unit);
  put("as_of", isoDay(answer.asOf));
  put("rule", extent.rule);
  if (extent.metres) put("radius_m", rint(extent.radius));
  if (extent.days) {
    put("first", isoDay(extent.first));
    put("last", isoDay(extent.last));
  }
  put("outside", !piece);
}

/** Who held how much, the most first; a holder that has less than half a hundredth, but is possible, is there with 0.00. */
function shareText(share: readonly number[], possible: number, controllers: readonly string[]): string {
  const names = [...controllers, "outside"];
  const parts = share.map((part, at) => ({ name: names[at] ?? "", part: rint(part * 100), may: (possible >> at) & 1 }));
  const kept = parts.filter(({ part, may }) => part > 0 || may);
  kept.sort((a, b) => b.part - a.part || (a.name < b.name ? -1 : 1));
  return kept.map(({ name, part }) => `${name} ${(part / 100).toFixed(2)}`).join("; ");
}

interface Found {
  row: number;
  wrong: Said | null;
  notes: Said[];
  suspect: boolean;
  empty: boolean;
  unknown: boolean;
}

function count(summary: Summary, { states }: Ground, { answer, values, said: problems }: Placed, said: Found): void {
  const add = (counts: Map<string, number>, key: string | undefined) =>
    key && counts.set(key, (counts.get(key) ?? 0) + 1);
  summary.rows += 1;
  if (said.wrong) summary.unreadable += 1;
  for (const one of [...(said.wrong ? [said.wrong] : []), ...(said.empty ? [] : said.notes)]) {
    const kind = kindOf(one);
    const found = summary.reasons.get(inEnglish(kind)) ?? { kind, count: 0 };
    found.count += 1;
    summary.reasons.set(inEnglish(kind), found);
  }
  if (problems.length && summary.problems.length < PROBLEMS) summary.problems.push([said.row + 1, problems]);
  if (!answer) return;
  add(summary.months, values.get("as_of")?.slice(0, 7));
  if (said.suspect) summary.swapped += 1;
  if (answer.share && values.has("share")) summary.extents += 1;
  if (answer.piece === OUTSIDE) {
    summary.outside += 1;
    return;
  }
  summary.placed += 1;
  if (values.get("certain") !== "true") summary.uncertain += 1;
  add(summary.controllers, states.controllers[states.held(answer.piece, answer.state).controller]);
  for (const clause of values.get("clauses")?.split("; ") ?? [""]) add(summary.clauses, clause || "none");
}

/** Throws before a whole file is placed in the wrong hemisphere. */
export function refuseSwapped(summary: Summary, { lat, lon }: Columns): void {
  if (summary.swapped * 2 <= summary.rows) return;
  const { swapped, rows } = summary;
  const columns = lat ? ` (“${lat}”, “${lon}”)` : "";
  throw new InputError(
    word(
      "latitude and longitude{columns} are swapped: {swapped} of the first {rows} rows lie on the map only the other way round.",
    ),
    { columns, swapped, rows },
  );
}
