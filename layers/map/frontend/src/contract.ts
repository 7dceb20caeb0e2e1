// What other programs may rely on: the state of a view, window.atlas, and messages between the document and the page
// that embeds it. Every value that crosses this border goes through the schema (layers/view_state.yaml).

/** A calendar day in Asia/Baku, YYYY-MM-DD. */
export type Day = string;

/** The state of a view: the keys of `show`, `state()`, the address and `python -m layers snapshot`. */
export interface State {
  /** The day that the map shows. */
  on: Day;
  /** The earlier day of a comparison. */
  from: Day | null;
  /** What had been announced by this day is used, nothing later; null: the day shown. */
  known: Day | null;
  /** Ids of the layers that are on, in the order of the record. */
  layers: readonly string[];
  /** The clause whose areas are lit up. */
  clause: number | null;
  /** Language of the interface. */
  lang: string;
  /** Which form of a name leads. */
  names: string;
  /** Latitude and longitude of the middle (WGS84 degrees) and zoom; null: the whole area. */
  view: readonly [number, number, number] | null;
}
export type Key = keyof State;

/** Any value for any key: the schema reads what it can use and tells what it can't. */
export type Wish = { readonly [key in Key]?: unknown };

/** Who held a place on a day, and how sure that is: the keys of `python -m geodata at --json`. */
export interface At {
  controller: string | null;
  sovereign: string | null;
  /** Null outside the mapped area. */
  certain: boolean | null;
  or: string | null;
  zones: string[];
  clauses: number[];
  /** Accuracy of the nearest line between the two sides on that day; without one, of the piece. */
  accuracy_m: number | null;
  /** Distance to that line. */
  edge_m: number | null;
  /** The nearest border of a republic, and its accuracy. */
  border_m: number | null;
  border_accuracy_m: number | null;
  near_border: boolean;
  /** Why it is not certain: `record`, `symbol`, or kinds of edge. */
  uncertain_by: string[];
  piece: string | null;
  unit: string | null;
  since: Day | null;
  event: string | null;
  clause: number | null;
  cause: string | null;
  disputed: boolean;
  basis: string | null;
  doubts: string[];
  /** A settlement there whose holder is known that day. */
  anchor: string | null;
  source: string | null;
  outside: boolean;
  as_of: Day;
}

/**
 * One obligation on a day: the keys of `python -m geodata status --json`. `term_end`, `notice_by` and `sources` come with
 * the cards, shortly after the first paint: until then `sources` is null.
 */
export interface StatusRow {
  id: string;
  clause: number;
  title: string;
  status: string;
  due: Day | null;
  first_due: Day | null;
  done: Day | null;
  days_late: number | null;
  days_late_first: number | null;
  ended: Day | null;
  disputed_since: Day | null;
  /** End of the term, and the last day to give notice. */
  term_end: Day | null;
  notice_by: Day | null;
  zones: string[];
  sources: string[] | null;
}

/** One hand-over: the keys of `python -m geodata changes --json`. Areas in square kilometres. What was published comes with the cards. */
export interface ChangeRow {
  zone: string;
  from: string;
  to: string;
  event: string | null;
  clause: number | null;
  cause: string | null;
  date: Day;
  km2: number;
  disputed: boolean;
  certain: boolean;
  /** The areas published for that ground, null before the cards have come; why the map's differs. */
  published_km2: number[] | null;
  published_note: string | null;
}

/** `window.atlas` where the map owns its window, and what `atlasMount` returns everywhere. */
export interface Atlas {
  /** Resolves when the first map is painted and can answer; rejects with what is wrong. */
  readonly ready: Promise<void>;
  /** Takes a part of a state or a whole one; resolves when painted. */
  show(wish: Wish): Promise<void>;
  /** A copy of the state now. */
  state(): State;
  /** What governs a place (WGS84 degrees) on a day; throws a RangeError as the command line exits with 2. */
  at(lat: number, lon: number, day?: Day): At;
  /** Every obligation on a day, as known on a day (default: the same). */
  status(day?: Day, known?: Day): StatusRow[];
  /** Every hand-over after one day and up to another. */
  changes(from: Day, to: Day): ChangeRow[];
  /** Calls a listener after every change, once it is painted; returns how to end that. */
  on(event: "change", listener: (state: State) => void): () => void;
  /** Moves the map if `rev` is higher than any seen: what a server may send, however late. */
  update(news: { state: Wish; rev: number; onState?: OnState }): Promise<void>;
  /** Takes the map down; the element can be mounted again. */
  destroy(): void;
}

/** Who changed the state: the reader, a page or program around the map, the moved map itself, or playing. */
export type Origin = "reader" | "host" | "map" | "play";
/**
 * `serial` counts the reports of one map: a report with a higher one is something that the reader did since; `origin` is
 * who made the last change.
 */
export type OnState = (state: State, rev: number, serial: number, origin: Origin) => void;

/** `window.parent.postMessage({type: "atlas", state: {on: "2020-11-25"}}, "*")`: from the embedding page to the document. */
export interface AskMessage {
  type: "atlas";
  state: Wish;
}

/** From the document to the page that embeds it, when the map comes to rest: the state and the fragment that restores it. */
export interface StateMessage {
  type: "atlas-state";
  state: State;
  hash: string;
}
