// How far each row may lie from its place and its day: by its own span, codes and radii, and by which rule
// (geodata/attribution/row_extents.py).

import type { Columns, Precision, Table } from "./attribute_columns.ts";
import { contradictions, type DayReader, type DaySpan } from "./attribute_days.ts";
import { fold, type Said, shown, Unreadable } from "./attribute_words.ts";
import { word } from "./language.ts";

const ENDS_EARLY = word("its last day lies before its first day");
const NO_CODE = word("its {column} {value} is not in the precision table, so how precise it is stays unknown");
const MOST_METRES = 1_000_000;

export interface RowExtent {
  first: number;
  last: number;
  radius: number;
  wrong: Said | null;
  note: Said | null;
  rule: string | null;
  /** Whether days or radius follow from a rule, and whether the precision can't be known. */
  days: boolean;
  metres: boolean;
  unknown: boolean;
}

/** Reads the columns of date and precision of each row. */
export function createExtents(table: Table, columns: Columns, reader: DayReader): (row: number) => RowExtent {
  const read = createColumn(table, columns.date, reader);
  const ends = columns.dateEnd === null ? null : createColumn(table, columns.dateEnd, reader);
  const used = columns.precision.filter(({ gives }) => gives === "metres" || !ends);
  const places = used.map(({ name }) => table.names.indexOf(name));
  return (row) => {
    const { span, wrong, note } = read(row);
    const [first, last] = span;
    const found: RowExtent = {
      first,
      last,
      radius: 0,
      wrong,
      note,
      rule: null,
      days: false,
      metres: false,
      unknown: false,
    };
    if (ends) addEnd(found, ends(row), `${columns.date}/${columns.dateEnd}`);
    else if (first < last) {
      found.rule = columns.date;
      found.days = true;
    }
    for (const [at, column] of used.entries()) widen(found, (table.rows[row]?.[places[at] ?? -1] ?? "").trim(), column);
    return found;
  };
}

interface Read {
  text: string;
  span: DaySpan;
  wrong: Said | null;
  note: Said | null;
}

/** Reads a column of dates, each different text once. */
function createColumn(table: Table, name: string, reader: DayReader): (row: number) => Read {
  const at = table.names.indexOf(name);
  const textOf = (row: (string | null)[]) => row[at] ?? "";
  const notes = contradictions(table.rows.map(textOf));
  const known = new Map<string, Read>();
  return (row) => {
    const text = textOf(table.rows[row] ?? []);
    let found = known.get(text);
    if (!found) {
      found = readOne(text, reader);
      if (!found.wrong) found.note = notes.get(text) ?? null;
      known.set(text, found);
    }
    return found;
  };
}

function readOne(text: string, reader: DayReader): Read {
  try {
    return { text, span: reader.read(text), wrong: null, note: null };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { text, span: [0, 0], wrong: error.said, note: null };
  }
}

/** Takes the last day from a column of its own; a row without one is dated to its first. */
function addEnd(found: RowExtent, end: Read, rule: string): void {
  if (!end.text.trim()) return;
  const last = end.wrong ? found.last : end.span[1];
  found.wrong ??= end.wrong;
  found.note ??= end.note;
  if (last < found.first) found.wrong ??= { english: ENDS_EARLY, values: {} };
  found.last = Math.max(last, found.first);
  found.days = true;
  found.rule = rule;
}

/** Widens days or radius by a code or by metres. */
function widen(found: RowExtent, text: string, column: Precision): void {
  if (!text) return;
  const value = valueFor(text, column);
  if (value === null) {
    found.note ??= { english: NO_CODE, values: { column: column.name }, quoted: { value: shown(text) } };
    found.unknown = true;
    return;
  }
  if (column.gives === "days") {
    found.first -= value;
    found.last += value;
    found.days = true;
  } else {
    found.radius = Math.max(found.radius, value);
    found.metres = true;
  }
  const name = column.codes ? `${column.name} ${text}` : column.name;
  found.rule = found.rule ? `${found.rule}; ${name}` : name;
}

/** Days or metres that a cell stands for; null where that can't be known. */
function valueFor(text: string, { codes }: Precision): number | null {
  if (codes) return codes[fold(text).replace(/\.0$/, "")]?.value ?? null;
  const digits = text.replaceAll(",", ".").replace(/m$/, "").trim();
  const number = digits ? Number(digits) : Number.NaN;
  return number >= 0 && number <= MOST_METRES ? number : null;
}
