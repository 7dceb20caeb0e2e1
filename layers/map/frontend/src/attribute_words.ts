// What lists of points are read by, as Python declares it (geodata/attribution/words/), and how names are compared.

import { filled, type Values, word } from "./language.ts";

/** What a server places and a browser does not. */
export const TOO_MANY_ROWS = word("the file has more than {rows} rows: split it.");
export const IS_PARQUET = word("the file is a Parquet file: the command reads it.");

/** One code of precision: days on either side, or metres around. */
export interface Code {
  value: number;
}
export interface CodeTable {
  id: string;
  columns: { names: string[]; gives: "days" | "metres"; codes: Record<string, Code> | null }[];
}
export type Role = "lat" | "lon" | "date" | "place";
export interface Headers extends Record<"lat" | "lon" | "date" | "date_else" | "pair" | "wkt", string[]> {
  spans: [string, string][];
  spans_else: [string, string][];
}
/** Everything that Python and the browser both must know to read a list. */
export interface Lists {
  /** Words for each month, January first, by language. */
  months: Record<string, string[][]>;
  headers: Headers;
  precision: CodeTable[];
  /** The columns that are added, in their order. */
  added: string[];
  /** IANA name of the record's time zone. */
  zone: string;
  /** A text that begins like a formula, and a text that is a plain number, as patterns. */
  formula: string;
  number: string;
  /** Of record and shapes. */
  version: string;
}

/** Text as it is compared: composed small letters, Turkish and Azerbaijani ı and i as one, for both are written I. */
export const fold = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("\u0307", "").replaceAll("ı", "i");

/** The words of a column's name, small; brackets are left out, and eventDate has two. */
export const nameParts = (name: string): string[] =>
  fold(name.replace(/\([^)]*\)|\[[^\]]*\]/g, " ").replace(/([a-z])(?=[A-Z])/g, "$1 ")).match(/[\p{L}\p{N}]+/gu) ?? [];

export const joinedName = (name: string): string => nameParts(name).join("");

/** The number of the month that a word names, in any of the languages. */
export function monthsOf({ months }: Pick<Lists, "months">): Map<string, number> {
  const listed = Object.values(months).flatMap((year) => year.map((words, at) => [words, at + 1] as const));
  return new Map(listed.flatMap(([words, number]) => words.map((word) => [fold(word), number] as const)));
}

/** A text of unknown origin in quotes, short, and without characters that a terminal or a table would obey. */
export function shown(text: string, most = 40): string {
  const signs = [...text];
  const kept = signs.slice(0, most).map((sign) => (sign !== " " && /[\p{C}\p{Z}]/u.test(sign) ? "\ufffd" : sign));
  return `“${kept.join("")}${signs.length > most ? "…" : ""}”`;
}

/** A sentence in English with its values, which the panel says in the reader's language; so it does with a value that is one. */
export interface Said {
  english: string;
  values: Readonly<Record<string, string | number | Said>>;
  /** What it takes from the reader's list. */
  quoted?: Readonly<Record<string, string>>;
}
/** A sentence in a language: `say` gives its words, `number` writes a count. */
export function tell(
  { english, values, quoted }: Said,
  say: (english: string, values: Values) => string,
  number: (value: number) => string,
): string {
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "object" ? tell(value, say, number) : typeof value === "number" ? number(value) : value,
  ]);
  return say(english, { ...Object.fromEntries(told), ...quoted });
}
const ENGLISH = new Intl.NumberFormat("en");
export const inEnglish = (said: Said): string => tell(said, filled, (value) => ENGLISH.format(value));
/** A sentence without what it quotes, so that like is counted with like. */
export const kindOf = ({ english, values, quoted = {} }: Said): Said => ({
  english,
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "object" ? kindOf(value) : value]),
  ),
  quoted: Object.fromEntries(Object.keys(quoted).map((name) => [name, "…"])),
});

/** A cell can't be read: why, with the cell as `value`. */
export class Unreadable extends Error {
  readonly said: Said;

  constructor(english: string, cell: string | null = null, values: Said["values"] = {}) {
    super(english);
    this.said = { english, values, ...(cell !== null && { quoted: { value: shown(cell) } }) };
  }
}
/** A file can't be used; one sentence says why and what to do. */
export class InputError extends Error implements Said {
  readonly english: string;
  readonly values: Said["values"];

  constructor(english: string, values: Said["values"] = {}) {
    super(inEnglish({ english, values }));
    this.english = english;
    this.values = values;
  }
}
