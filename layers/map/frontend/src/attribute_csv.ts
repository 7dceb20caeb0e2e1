// CSV, as it comes: any of four delimiters, quoted line breaks, wrong numbers of cells (geodata/attribution/reading/csv.py).

import Papa from "papaparse";
import { ofText, type Table } from "./attribute_columns.ts";
import { decoded } from "./attribute_encoding.ts";
import { InputError, type Lists, type Said, TOO_MANY_ROWS } from "./attribute_words.ts";
import { word } from "./language.ts";

const DELIMITERS = [",", ";", "\t", "|"];
const MESSAGES = 20;
/** Quotes without their pair after which a line break ends every row. */
const UNCLOSED = 100;
const NOT_UTF8 = word("it holds text that is not UTF-8, written here with \ufffd; save the file as UTF-8");
const SPANS = word("it spans lines {first} to {last} of the file, since a quoted cell holds line breaks");
const ONE_ROW = word("{problem} (lines {first} to {last} of the file are one row, by a quoted cell)");
const OPEN = word("line {line} opens a quote that is not closed within {most} bytes or in the file at all");
const CELLS_DIFFER = word("line {line} has {cells} cells where the header has {width}");

/** Most that is read. */
export interface Limits {
  bytes: number;
  rows: number;
  columns: number;
  member: number;
}

export const tooMany = ({ rows }: Limits) => new InputError(TOO_MANY_ROWS, { rows });

export function readCsv(bytes: Uint8Array, lists: Lists, limits: Limits): Table {
  const { text, messages } = decoded(bytes, lists);
  // Without its line ends of two signs, and the blank lines before its header.
  const whole = text.replaceAll("\r\n", "\n");
  const body = whole.replace(/^[\r\n]+/, "");
  const told = /^"?sep=(.)"?\n/i.exec(body);
  const start = told ? told[0].length : 0;
  if (!body.slice(start).trim()) throw new InputError(word("the file is empty: there is no header line and no row."));
  const delimiter = told?.[1] ?? delimiterOf(body.slice(start), limits);
  const parsed = rowsOf(body.slice(start), delimiter, limits);
  const [header, ...rows] = parsed;
  if (!header) throw new InputError(word("the first line is not the header of a CSV."));
  if (header.cells.length > limits.columns)
    throw new InputError(word("the header names {count} columns; at most {most} are read."), {
      count: header.cells.length,
      most: limits.columns,
    });
  const names = unique(header.cells, messages);
  const table = ofText(names, messages);
  const before = whole.slice(0, whole.length - body.length + start).split("\n").length - 1;
  for (const row of rows) addRow(table, row, before, delimiter, limits);
  return table;
}

interface Row {
  cells: string[];
  /** Its first line, counted from that of the header. */
  line: number;
  lines: number;
  open: boolean;
}

/** The delimiter that makes the most of the header. */
function delimiterOf(text: string, limits: Limits): string {
  const line = text.slice(0, limits.member + 2);
  if (line.split("\n", 1)[0]?.includes("\0") || (line.split("\n", 1)[0]?.length ?? 0) > limits.member)
    throw new InputError(word("the first line is not the header of a CSV: it is too long or holds NUL bytes."));
  const counts = DELIMITERS.map(
    (sign) => Papa.parse<string[]>(line, { delimiter: sign, newline: "\n", preview: 1 }).data[0]?.length ?? 0,
  );
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}

/** All rows that are not empty lines; a quote that is not closed costs its own line and no other. */
function rowsOf(text: string, delimiter: string, limits: Limits): Row[] {
  const rows: Row[] = [];
  let [rest, line, unclosed] = [text, 0, 0];
  while (rest) {
    const quoted = unclosed < UNCLOSED;
    const { data, errors } = Papa.parse<string[]>(rest, {
      delimiter,
      newline: "\n",
      ...(!quoted && { quoteChar: "\0" }),
    });
    const open = errors.some(({ code }) => code === "MissingQuotes") ? data.length - 1 : -1;
    for (const [at, cells] of data.entries()) {
      if (at === open) break;
      const lines = cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 1);
      if (cells.length > 1 || cells[0]) rows.push({ cells, line, lines, open: false });
      line += lines;
      if (rows.length > limits.rows + 1) throw tooMany(limits);
    }
    if (open < 0) return rows;
    unclosed += 1;
    rest = lineOn(text, line);
    const end = rest.indexOf("\n");
    const own = end < 0 ? rest : rest.slice(0, end);
    rows.push({ cells: own.split(delimiter), line, lines: 1, open: true });
    rest = end < 0 ? "" : rest.slice(end + 1);
    line += 1;
  }
  return rows;
}

/** The text from a line on. */
function lineOn(text: string, line: number): string {
  let at = 0;
  for (let i = 0; i < line; i += 1) at = text.indexOf("\n", at) + 1;
  return text.slice(at);
}

function addRow(table: Table, row: Row, before: number, delimiter: string, limits: Limits): void {
  const { names } = table;
  const number = 1 + before + row.line;
  const width = names.length;
  const at = table.rows.length;
  const quoted = { first: String(number), last: String(number + row.lines - 1) };
  const problem = problemOf(row, number, width, limits);
  if (problem) table.wrong.set(at, row.lines > 1 ? { english: ONE_ROW, values: { problem }, quoted } : problem);
  else if (row.lines > 1) table.notes.set(at, { english: SPANS, values: {}, quoted });
  if (row.cells.some((cell) => cell.includes("\ufffd"))) table.notes.set(at, { english: NOT_UTF8, values: {} });
  // The surplus is joined into the last cell.
  const cells =
    row.cells.length > width
      ? [...row.cells.slice(0, width - 1), row.cells.slice(width - 1).join(delimiter)]
      : row.cells;
  table.rows.push(names.map((_name, i) => cells[i] ?? null));
}

/** What is wrong with a row; null: nothing. */
function problemOf(row: Row, number: number, width: number, { member }: Limits): Said | null {
  const quoted = { line: String(number) };
  if (row.open) return { english: OPEN, values: { most: member }, quoted };
  const cells = row.cells.length;
  if (cells === width) return null;
  return { english: CELLS_DIFFER, values: { cells: String(cells), width: String(width) }, quoted };
}

/** Names made unique: an empty one is called by its place, the second x becomes x.2; both are reported. */
export function unique(given: readonly string[], messages: Said[]): string[] {
  const found = new Set<string>();
  const counts = new Map<string, number>();
  for (const [at, cell] of given.entries()) {
    const name = cell.trim() || `column_${at + 1}`;
    let copy = name;
    while (found.has(copy)) {
      counts.set(name, (counts.get(name) ?? 1) + 1);
      copy = `${name}.${counts.get(name)}`;
    }
    if (copy !== name && messages.length < MESSAGES)
      messages.push({
        english: word("There is more than one column “{column}”: the one in place {place} is called “{name}”."),
        values: { column: name.slice(0, 60), place: at + 1, name: copy.slice(0, 60) },
      });
    found.add(copy);
  }
  return [...found];
}

/** A table as CSV that is safe to open in a spreadsheet: a text that would be taken for a formula gets a leading quote. */
export function createWriter(lists: Lists): (rows: readonly (string | null)[][]) => string {
  const formula = new RegExp(lists.formula);
  const number = new RegExp(`^ *(?:${lists.number})$`);
  const guard = (text: string | null) => (text && formula.test(text) && !number.test(text) ? `'${text}` : (text ?? ""));
  return (rows) =>
    `${Papa.unparse(
      rows.map((row) => row.map(guard)),
      { newline: "\n" },
    )}\n`;
}
