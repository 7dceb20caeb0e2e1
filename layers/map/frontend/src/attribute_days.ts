// Reads one date as people write it, as the first and last day that it allows (geodata/attribution/written_day.py).

import forms from "../../../../geodata/attribution/words/forms.json" with { type: "json" };
import { fold, type Lists, monthsOf, type Said, shown, Unreadable } from "./attribute_words.ts";
import { DAY_MS, dayNumber } from "./dates.ts";
import { word } from "./language.ts";

export type Order = "dmy" | "mdy" | null;
/** First and last day, as days since 1970-01-01. */
export type DaySpan = [first: number, last: number];

const LONGEST = 64;
const LATEST = 1_900_000_000;
export const NO_DATE = word("it has no date");
const UNREADABLE = word(
  "its date {value} can't be read; write YYYY-MM-DD (also YYYY-MM, first/last, DD.MM.YYYY, 10 November 2020, or an instant with its zone)",
);
const TOO_LONG = word(
  "its date is not a date: {value}; write YYYY-MM-DD (also YYYY-MM, first/last, DD.MM.YYYY, 10 November 2020, or an instant with its zone)",
);
const SERIAL_DAY = word(
  "its date {value} looks like a spreadsheet's day number; format the column as YYYY-MM-DD, or give --serial 1900",
);
const NO_DAY = word("its date {value} is not a day of the calendar");
const NO_MOMENT = word("its date {value} is not a moment of the calendar");
const TWO_DAYS = word("its date {value} can be read as two days; write YYYY-MM-DD, or say what 03/04/2020 means");
const ENDS_EARLY = word("its date {value} ends before it starts");
const EARLY = word("its date {value} lies before the record, which begins on {day}");
const DAY_FIRST = word(
  "its date {value} has the day first, {other} in the same column has not: say what 03/04/2020 means",
);
const MONTH_FIRST = word(
  "its date {value} has the month first, {other} in the same column has not: say what 03/04/2020 means",
);
const EDTF = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?$/;
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?:\s?(?:(Z)|([+-])(\d\d):?(\d\d)?))?$/i;
const NUMBERS = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})([/.]?)(\d\d)\2(\d\d)$/;
const SERIAL = /^\d{5}(\.\d+)?$/;
const CLOCK = /[T,\s]+\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?$/i;
const WORDY = /^[\p{L}\p{N}_\s.,'’/-]+$/u;
const PARTS = /\d+|\p{L}+/gu;
const YEAR_WORD = new RegExp(`\\s*-?(?:${forms.year})$`);
const NOISE = new Set(forms.noise);

export interface DayReader {
  /** Throws {@link Unreadable} with what is wrong. */
  read(text: string): DaySpan;
}

/** A reader for the days of a record that begins on a day and lives in a time zone. */
export function createDayReader(lists: Pick<Lists, "months" | "zone">, start: string, order: Order): DayReader {
  const months = monthsOf(lists);
  const dayIn = zoneDays(lists.zone);
  const first = dayNumber(start);
  return {
    read: (given) => {
      const text = given.replaceAll("\u00a0", " ").trim();
      if (!text) throw new Unreadable(NO_DATE);
      if ([...text].length > LONGEST) throw new Unreadable(TOO_LONG, text);
      const found = edtf(text, dayIn) ?? instant(text, dayIn) ?? counted(text, dayIn) ?? other(text, order, months);
      if (found) {
        if (found[1] >= first) return found;
        throw new Unreadable(EARLY, text, { day: start });
      }
      if (!SERIAL.test(text)) throw new Unreadable(UNREADABLE, text);
      throw new Unreadable(SERIAL_DAY, text);
    },
  };
}

type DayIn = (milliseconds: number) => number;

/** The day number on which an instant falls in a time zone. */
function zoneDays(timeZone: string): DayIn {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (milliseconds) => {
    const parts = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
    return dayNumber(`${parts.year?.padStart(4, "0")}-${parts.month}-${parts.day}`);
  };
}

/** The order of day and month in a date of slashes or hyphens that can be read in one order only; else null. */
function orderOf(text: string): Order {
  const [, one, sign, two, year] = /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})/.exec(text.trim()) ?? [];
  if (sign === undefined || sign === "." || year?.length !== 4) return null;
  if (Number(one) > 12 && Number(two) <= 12) return "dmy";
  return Number(two) > 12 && Number(one) <= 12 ? "mdy" : null;
}

/** Notes about a column in which some dates have the day first and others the month. */
export function contradictions(texts: Iterable<string>): Map<string, Said> {
  const orders = new Map<string, Order>();
  for (const text of texts) if (!orders.has(text) && orderOf(text)) orders.set(text, orderOf(text));
  const notes = new Map<string, Said>();
  if (new Set(orders.values()).size < 2) return notes;
  const sample = (order: Order) => [...orders].find(([, own]) => own !== order)?.[0];
  const opposite = { dmy: sample("dmy"), mdy: sample("mdy") };
  for (const [text, order] of orders) {
    const quoted = { value: shown(text), other: shown(opposite[order ?? "dmy"] ?? "") };
    notes.set(text, { english: order === "dmy" ? DAY_FIRST : MONTH_FIRST, values: {}, quoted });
  }
  return notes;
}

/** A day, month, year or an interval of them; the ends of an interval may also be instants. */
function edtf(text: string, dayIn: DayIn): DaySpan | null {
  const slash = text.indexOf("/");
  if (slash < 0) return bounds(text);
  const [first, last] = [text.slice(0, slash), text.slice(slash + 1)];
  if (!EDTF.test(last) && !INSTANT.test(last)) return null;
  const begin = bounds(first) ?? instant(first, dayIn);
  const end = bounds(last) ?? instant(last, dayIn);
  if (!begin || !end) return null;
  if (end[1] < begin[0]) throw new Unreadable(ENDS_EARLY, text);
  return [begin[0], end[1]];
}

function bounds(text: string): DaySpan | null {
  const match = EDTF.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  if (match[3]) return dayOf(year, month, day, text);
  return match[2] ? monthOf(year, month, text) : [dayOf(year, 1, 1, text)[0], dayOf(year, 12, 31, text)[1]];
}

function monthOf(year: number, month: number, text: string): DaySpan {
  const [begin] = dayOf(year, month, 1, text);
  return [begin, month === 12 ? begin + 30 : dayOf(year, month + 1, 1, text)[0] - 1];
}

function dayOf(year: number, month: number, day: number, text: string): DaySpan {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (year < 1 || !same) throw new Unreadable(NO_DAY, text);
  const number = Math.round(+date / DAY_MS);
  return [number, number];
}

function instant(text: string, dayIn: DayIn): DaySpan | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second = "0", z, sign, zoneHour = "0", zoneMinute = "0"] = match;
  const wrong = () => new Unreadable(NO_MOMENT, text);
  const [h, m, s] = [hour, minute, second].map(Number) as [number, number, number];
  if (h > 23 || m > 59 || s > 59 || Number(zoneHour) > 23 || Number(zoneMinute) > 59) throw wrong();
  let local: DaySpan;
  try {
    local = dayOf(Number(year), Number(month), Number(day), text);
  } catch {
    throw wrong();
  }
  if (!z && !sign) return local;
  const offset = (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const number = dayIn(local[0] * DAY_MS + (h * 3600 + (m - offset) * 60 + s) * 1000);
  return [number, number];
}

/** Seconds or milliseconds since 1970: ten or thirteen digits. */
function counted(text: string, dayIn: DayIn): DaySpan | null {
  if (!/^(\d{10}|\d{13})$/.test(text)) return null;
  const seconds = Math.floor(Number(text) / (text.length === 13 ? 1000 : 1));
  if (seconds > LATEST) return null;
  const number = dayIn(seconds * 1000);
  return [number, number];
}

function other(given: string, order: Order, months: Map<string, number>): DaySpan | null {
  const text = given.replace(/\.0$/, ""); // a year that a spreadsheet took for a fraction
  const short = fold(text).replace(CLOCK, "").replace(YEAR_WORD, "");
  const first = YEAR_FIRST.exec(short);
  if (first) return dayOf(Number(first[1]), Number(first[3]), Number(first[4]), text);
  const numbers = NUMBERS.exec(short);
  if (numbers) return inNumbers(numbers, text, order);
  return EDTF.test(short) ? bounds(short) : inWords(short, text, months);
}

/** Day, month and year in figures: with dots the day comes first, else whatever the order or the calendar leaves. */
function inNumbers([, one = "", sign, two = "", last = ""]: string[], text: string, order: Order): DaySpan {
  const [a, b, year] = [Number(one), Number(two), fullYear(last)];
  let given: [number, number, number][] = [
    [year, b, a],
    [year, a, b],
  ];
  if (sign === "." || order === "dmy") given = given.slice(0, 1);
  else if (order === "mdy") given = given.slice(1);
  else {
    if (last.length === 2) given.push([fullYear(one), b, Number(last)]);
    const able = given.filter(([, month, day]) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
    const different = new Map(able.map((found) => [String(found), found]));
    if (different.size > 1) throw new Unreadable(TWO_DAYS, text);
    given = different.size ? [...different.values()] : given;
  }
  const [found] = given as [[number, number, number]];
  return dayOf(...found, text);
}

/** A year of two digits lies between 1969 and 2068, as POSIX has it. */
function fullYear(digits: string): number {
  const year = Number(digits);
  return digits.length === 4 ? year : year + (year >= 69 ? 1900 : 2000);
}

/** A date with the month as a word; day and year stand in any order, and a month may stand without a day. */
function inWords(short: string, text: string, months: Map<string, number>): DaySpan | null {
  if (!WORDY.test(short)) return null;
  const parts = short.match(PARTS) ?? [];
  const numbers = parts.filter((part) => /^\d/.test(part));
  const words = parts.filter((part) => !/^\d/.test(part) && !NOISE.has(part));
  const month = months.get(words[0] ?? "");
  const [one = "", two] = numbers;
  if (words.length !== 1 || !month || numbers.length > 2 || !one) return null;
  if (two === undefined) return one.length === 4 ? monthOf(Number(one), month, text) : null;
  const [day, year] = one.length <= 2 ? [one, two] : [two, one];
  const usual = day.length <= 2 && (year.length === 2 || year.length === 4);
  return usual ? dayOf(fullYear(year), month, Number(day), text) : null;
}
