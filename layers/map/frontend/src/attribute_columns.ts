// Which columns of a list hold place, date and precision (geodata/attribution/columns.py).

import {
  type Code,
  type CodeTable,
  type Headers,
  InputError,
  joinedName,
  type Lists,
  nameParts,
  type Said,
} from "./attribute_words.ts";
import { word } from "./language.ts";

/** A list as a reader opened it: all cells are text. */
export interface Table {
  names: string[];
  rows: (string | null)[][];
  /** Positions that the format itself has (GeoJSON); they are the last two columns as well. */
  places: { lat: number; lon: number }[] | null;
  /** Columns that the format itself says hold the date, or a first and a last day. */
  days: [first: string, last: string] | null;
  /** What is wrong with a row, or to be said of it, before it is asked for anything. */
  wrong: Map<number, Said>;
  notes: Map<number, Said>;
  /** Whether empty rows and tags are kept apart; else every row is a feature. */
  plain: boolean;
  messages: Said[];
}
/** A list without rows yet, of a format that has neither positions nor days of its own. */
export const ofText = (names: string[], messages: Said[]): Table => ({
  names,
  rows: [],
  places: null,
  days: null,
  wrong: new Map(),
  notes: new Map(),
  plain: true,
  messages,
});
/** Which columns the reader chose; null: the one with a usual name. */
export interface Choice {
  lat: string | null;
  lon: string | null;
  place: string | null;
  date: string | null;
  dateEnd: string | null;
  order: "dmy" | "mdy" | null;
  precision: boolean;
}
export interface Precision {
  name: string;
  gives: "days" | "metres";
  table: string;
  codes: Record<string, Code> | null;
}
/** The columns used; without `lat`, `lon` and `place` the format has positions of its own. */
export interface Columns {
  lat: string | null;
  lon: string | null;
  place: string | null;
  date: string;
  dateEnd: string | null;
  precision: Precision[];
  /** Name of each added column. */
  added: Map<string, string>;
}
const WORDS = { lat: word("latitude"), lon: word("longitude"), date: word("date"), place: word("place") };
const SHORT = 2;

/** Settles which columns are used; throws {@link InputError} naming what is missing. */
export function choose(table: Table, choice: Partial<Choice>, lists: Lists): Columns {
  const place = placeOf(table, choice, lists);
  const [date, dateEnd] = daysOf(table, choice, lists);
  const taken = new Set(table.names);
  const added = new Map<string, string>();
  for (const name of place.lat || table.places ? lists.added : ["lat", "lon", ...lists.added]) {
    let free = name;
    while (taken.has(free)) free = `atlas_${free}`;
    taken.add(free);
    added.set(name, free);
  }
  const precision = choice.precision === false ? [] : precisionOf(table.names, place.lat, lists.precision);
  return { ...place, date, dateEnd, precision, added };
}

/** Columns that may well hold the latitude, longitude, date or place, those with the plainest names only. */
export function candidates(table: Table, role: "lat" | "lon" | "date" | "place", lists: Lists): string[] {
  const { headers, precision } = lists;
  if (role === "date") {
    if (table.days) return [table.days[0]];
    const names = table.names.filter((name) => !columnOf(name, precision));
    const found = matching(names, headers.date);
    return found.length ? found : matching(names, headers.date_else);
  }
  if (role === "place") {
    const found = matching(table.names, headers.pair, true);
    return found.length ? found : matching(table.names, headers.wkt, true);
  }
  return matching(table.names, headers[role]);
}

/** The columns of a first and a last day, if there is such a pair. */
export function spanOf(table: Table, headers: Headers): [string, string] | null {
  if (table.days) return table.days;
  const dated = matching(table.names, headers.date, true).length > 0;
  for (const pair of [...headers.spans, ...(dated ? [] : headers.spans_else)]) {
    const [first, last] = pair.map((word) => matching(table.names, [word], true)) as [string[], string[]];
    if (first.length === 1 && last.length === 1) return [first[0] as string, last[0] as string];
  }
  return null;
}

/** Names that are one of some words; else those that end in one; else those that begin with one. */
function matching(names: readonly string[], words: readonly string[], whole = false): string[] {
  const known = new Set(words.map(joinedName));
  const parts = new Map(names.map((name) => [name, nameParts(name)]));
  const long = (part: string | undefined) => part !== undefined && part.length > SHORT && known.has(part);
  const exact = names.filter((name) => known.has(parts.get(name)?.join("") ?? ""));
  if (exact.length || whole) return exact;
  const ending = names.filter((name) => long(parts.get(name)?.at(-1)));
  return ending.length ? ending : names.filter((name) => long(parts.get(name)?.[0]));
}

function placeOf(table: Table, choice: Partial<Choice>, lists: Lists): Pick<Columns, "lat" | "lon" | "place"> {
  const nothing = { lat: null, lon: null, place: null };
  if (table.places) return nothing;
  if (choice.place) return { ...nothing, place: choice.place };
  if (!choice.lat && !choice.lon) {
    const [lat, lon, place] = (["lat", "lon", "place"] as const).map((role) => candidates(table, role, lists));
    if (!(lat?.length && lon?.length) && place?.length) return { ...nothing, place: only(table, "place", place) };
  }
  const lat = choice.lat ?? only(table, "lat", candidates(table, "lat", lists));
  const lon = choice.lon ?? only(table, "lon", candidates(table, "lon", lists));
  if (lat === lon)
    throw new InputError(word("column “{column}” can't be latitude and longitude at once: choose the other."), {
      column: lat,
    });
  return { ...nothing, lat, lon };
}

function daysOf(table: Table, choice: Partial<Choice>, lists: Lists): [string, string | null] {
  const pair = !choice.date && !choice.dateEnd ? spanOf(table, lists.headers) : null;
  return pair ?? [choice.date ?? only(table, "date", candidates(table, "date", lists)), choice.dateEnd ?? null];
}

function only({ names }: Table, role: keyof typeof WORDS, found: readonly string[]): string {
  const [first, ...others] = found;
  if (first === undefined)
    throw new InputError(word("no column is called {what}: choose it; the columns are {columns}."), {
      what: { english: WORDS[role], values: {} },
      columns: listed(names),
    });
  if (others.length)
    throw new InputError(word("the {what} could be in any of {columns}: choose."), {
      what: { english: WORDS[role], values: {} },
      columns: listed(found),
    });
  if (names.includes(`${first}.2`))
    throw new InputError(word("there is more than one column “{column}”: give the {what} a name of its own."), {
      column: first,
      what: { english: WORDS[role], values: {} },
    });
  return first;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `“${name.slice(0, 40)}”`);
  return shown.join(", ") + (names.length > 12 ? " …" : "");
}

/** Columns that say how precise a row is. */
function precisionOf(names: readonly string[], lat: string | null, tables: CodeTable[]): Precision[] {
  const beside = lat ? nameParts(lat).slice(0, -1) : [];
  const receiver = ["precision", "accuracy"].map((last) => [...beside, last].join(" "));
  return names.flatMap((name): Precision[] => {
    const found = columnOf(name, tables);
    if (found) return [{ name, table: found.table, gives: found.gives, codes: found.codes }];
    const own = beside.length > 0 && receiver.includes(nameParts(name).join(" "));
    return own ? [{ name, table: "receiver", gives: "metres", codes: null }] : [];
  });
}

function columnOf(name: string, tables: CodeTable[]): Omit<Precision, "name"> | null {
  const own = joinedName(name);
  for (const { id, columns } of tables)
    for (const { names, gives, codes } of columns)
      if (names.some((known) => joinedName(known) === own)) return { table: id, gives, codes: codes ?? null };
  return null;
}
