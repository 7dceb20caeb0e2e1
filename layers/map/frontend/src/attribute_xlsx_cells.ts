// The value of a cell of a spreadsheet as text, as openpyxl and Python write it.

import { rint } from "./attribute_rows.ts";
import { DAY_MS } from "./dates.ts";

/** Which styles show a number as a date, and which as a length of time; and the day that is 0, as days since 1970. */
export interface DateFormats {
  dates: ReadonlySet<number>;
  lengths: ReadonlySet<number>;
  zero: number;
}
export interface Cell {
  /** n, s, str, b, e, d or inlineStr. */
  kind: string;
  style: number;
  value: string | null;
  /** A text of its own, where the kind is inlineStr. */
  inline: string | null;
}
/** The built-in formats that hold a day or an hour; 46 is a length. */
const BUILT_IN = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
/** What of a format is no letter of a date: texts, and brackets other than those of lengths. */
const ASIDE = /".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]/g;
const DATE = /(?<![_\\])[dmhysDMHYS]/;
const LENGTH = /\[hh?\]|\[mm?\]|\[ss?\]/i;
const [WINDOWS, MAC] = [-25_569, -24_107];
const ISO = /^(\d{4}-\d{2}-\d{2})?T?(\d{2}:\d{2}(?::\d{2})?)?/;

export function dateFormats(
  { own, styles }: { own: ReadonlyMap<number, string>; styles: readonly number[] },
  from1904: boolean,
): DateFormats {
  const [dates, lengths] = [new Set<number>(), new Set<number>()];
  for (const [style, id] of styles.entries()) {
    const code = own.get(id)?.split(";", 1)[0];
    if (code === undefined ? BUILT_IN.has(id) : DATE.test(code.replaceAll(ASIDE, ""))) dates.add(style);
    if (code === undefined ? id === 46 : LENGTH.test(code)) lengths.add(style);
  }
  return { dates, lengths, zero: from1904 ? MAC : WINDOWS };
}

/** A day as YYYY-MM-DD, a whole number without a fraction, else as it stands; throws for what is no value. */
export function cellText({ kind, style, value, inline }: Cell, shared: readonly string[], formats: DateFormats) {
  if (kind === "inlineStr") return inline?.trim() || null;
  if (value === null) return null;
  if (kind === "s") {
    const text = shared[Number(value)];
    if (text === undefined) throw new Error(`there is no text ${value.slice(0, 20)}`);
    return text.trim() || null;
  }
  if (kind === "b") return Number(value) ? "True" : "False";
  if (kind === "d") return isoText(value);
  if (kind !== "n") return value.trim() || null;
  if (!/^\s*[+-]?[\d.]+(?:e[+-]?\d+)?\s*$/i.test(value)) throw new Error(`“${value.slice(0, 20)}” is no number`);
  return formats.dates.has(style) ? dateText(Number(value), formats, style) : numberText(value);
}

/** As Python writes it: a whole number in full, a fraction with the fewest figures. */
function numberText(value: string): string {
  if (!/[.e]/i.test(value)) return String(BigInt(value.trim()));
  const number = Number(value);
  if (Number.isSafeInteger(number)) return String(number);
  const size = Math.abs(number);
  if (size >= 1e-4 && size < 1e16) return String(number);
  const [digits, exponent = "0"] = number.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function dateText(value: number, { lengths, zero }: DateFormats, style: number): string {
  if (lengths.has(style)) return lengthText(value);
  const whole = Math.floor(value);
  const moment = rint((value - whole) * DAY_MS);
  if (value >= 0 && value < 1 && moment < DAY_MS) return clock(moment);
  // The calendar of 1900 counts a 29 February that was none.
  const day = zero + whole + (value > 0 && value < 60 && zero === WINDOWS ? 1 : 0);
  const date = new Date(day * DAY_MS + moment);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return "#VALUE!";
  const [iso = "", time = ""] = date.toISOString().split("T");
  return moment % DAY_MS ? `${iso} ${time.slice(0, 8)}` : iso;
}

/** An hour of the day; a part of a second has six figures. */
function clock(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString().slice(11, 23);
  return text.endsWith(".000") ? text.slice(0, 8) : `${text}000`;
}

/** A length of time as Python writes it: days, then hours without a leading zero. */
function lengthText(value: number): string {
  const milliseconds = rint(value * DAY_MS);
  const days = Math.floor(milliseconds / DAY_MS);
  const rest = clock(milliseconds - days * DAY_MS).replace(/^0(?=\d:)/, "");
  return days ? `${days} day${Math.abs(days) === 1 ? "" : "s"}, ${rest}` : rest;
}

function isoText(value: string): string {
  const [, day, time] = ISO.exec(value) ?? [];
  if (!day && !time) throw new Error(`“${value.slice(0, 20)}” is no date`);
  const full = time && time.length === 5 ? `${time}:00` : time;
  return day && full && full !== "00:00:00" ? `${day} ${full}` : (day ?? full ?? "");
}
