// The types of what Python sends: the texts (layers/map/payload.py), the shared geometry (layers/map/flat_arcs.py) and
// the interface words (layers/wording). Field names are those of the record.

import type { Day } from "./contract.ts";
import type { Words } from "./words.ts";

export type LatLng = [lat: number, lng: number];
export type Line = LatLng[];
/** Polygons of an area, each a list of rings, or the lines of a line. */
export type Area = Line[][];

export interface Names {
  neutral: string;
  [form: string]: string | undefined;
}
export interface Dated {
  since?: Day;
  until?: Day;
}
/** The few words of a source that carry a fact. */
export interface Evidence {
  source: string;
  quote: string;
  language?: string;
  /** In the reader's language; none where that is the quotation's. */
  translation?: string;
}
interface Sourced {
  sources?: string[];
  evidence?: Evidence[];
}
/** What a side says: who, in which capacity and when; `organ` false: one who does not speak for that side. */
export interface Voice extends Sourced {
  side: string;
  text: string;
  organ?: boolean;
  date?: string;
  speaker?: string;
  office?: string;
  speaker_gap?: string;
}

/** A rule of the state's schema; see layers/view_state.yaml. */
export interface Rule {
  key: string;
  type: "day" | "layers" | "clause" | "choice" | "view";
  default: unknown;
  not_after?: string;
  choices?: string[];
  bounds?: [number, number][];
  decimals?: number[];
}
export interface Schema {
  keys: Rule[];
  notices: Record<string, string>;
  start: Day;
  end: Day;
  layers: string[];
  groups?: Record<string, string[]>;
  link_keys?: { key: string; pattern: string }[];
  /** Of the data. */
  version: string;
}

// How things look: layers/styles.yaml.
export interface ControllerStyle {
  fill: string;
  ink: string;
  line: string;
  pattern: "plain" | "dots";
  gap?: number;
}
export interface EdgeStyle {
  id: string;
  within_m: number;
  width: number;
  dash: string;
}
export interface LayerStyle {
  hue: string;
  width: number;
  dash?: string;
  /** An area that is never tinted. */
  outline?: boolean;
  symbol?: SymbolKind;
}
export type SymbolKind = "circle" | "square" | "diamond" | "triangle";
export interface StatusStyle {
  /** Opacity of the zone's tint. */
  tint: number;
  /** In place of the zone's own hue. */
  hue?: string;
  mark?: "check" | "question" | "end";
}
export interface Styles {
  statuses: Record<string, StatusStyle>;
  clauses: Record<string, string>;
  edges: EdgeStyle[];
  controllers: Record<string, ControllerStyle>;
  base: Record<"outside" | "outline" | "lake" | "border" | "ink" | "opacity", string>;
  doubt: Record<"angle" | "gap" | "width" | "edge", number>;
}
export interface CatalogueEntry {
  id: string;
  draw: "control" | "area" | "line" | "point" | "raster";
  under: number | null;
}

/** Exact words of the statement, in a version of it. */
export interface Phrase extends Sourced {
  phrase: string;
  witness: string;
  translation?: string;
}
export interface Clause extends Sourced {
  number: number;
  title: string;
  paraphrase?: string;
  who?: string;
  where?: string;
  deadline_note?: string;
  map_note?: string;
  what_happened?: string;
  ambiguity?: string;
  phrases?: Phrase[];
  variants?: { point: string; wordings: Phrase[]; consequence: string }[];
}
export interface Deadline extends Sourced {
  announced: Day;
  due: Day;
  note?: string;
}
export interface Dispute extends Sourced {
  since: Day;
  claim_side: string;
  claim: string;
  counter_side: string;
  counterclaim: string;
}
/** What changes of an obligation with the day; a field without a value is left out. */
export interface TimelineRow {
  status: string;
  /** Number of the sentences about it in `Words.deadlines`. */
  words: number;
  due?: Day;
  first_due?: Day;
  done?: Day;
  days_late?: number;
  days_late_first?: number;
  ended?: Day;
  disputed_since?: Day;
}
export interface Obligation extends Sourced {
  id: string;
  clause: number;
  title: string;
  zones?: string[];
  duty?: string;
  owed_by?: string;
  owed_to?: string;
  term?: unknown;
  deadlines?: Deadline[];
  disputes?: Dispute[];
  done?: { note?: string } & Sourced;
  ended?: { note?: string } & Sourced;
  timelines: { known: Day; rows: [Day, TimelineRow][] }[];
}
export interface Reading extends Voice {
  clause: number;
  date: string;
  title: string;
}
/** Which lane of the time bar an event is in. */
export type Lane = "force" | "clause" | "diplomacy";
export interface AtlasEvent extends Sourced {
  id: string;
  date: string;
  title: string;
  text?: string;
  first: Day;
  day: Day;
  lane: Lane;
  clauses?: number[];
  zones?: string[];
  places?: string[];
  transfers?: string[];
  disputed?: boolean;
  agreed?: string[];
  absent?: string[];
  court?: { by: string; asked: string; outcome: string; note?: string }[];
  views?: Voice[];
}
export interface Zone extends Sourced {
  names: Names;
  kind?: string;
  clauses?: number[];
  obligations?: string[];
  /** The map opens on the box around all zones that say so. */
  frames_view?: boolean;
  /** Its innermost point, or the middle of a line: where its badge stands. */
  pole?: LatLng;
  text?: string;
  edition?: string;
  published_areas?: { what: string; km2: number }[];
}
export interface Unit extends Sourced {
  names: Names;
  note?: string;
}
export interface Place {
  id: string;
  lat: number;
  lon: number;
  rank?: number;
  names: Names;
  note?: string;
  sources?: string[];
}
export interface CountryLabel {
  id: string;
  kind: "country" | "neighbour" | "water";
  lat: number;
  lon: number;
  /** Other places where the word may stand. */
  also?: LatLng[];
  rank?: number;
  names: Names;
}
export interface TileSet {
  name: string;
  url: string;
  attribution: string;
  host: string;
  max_zoom: number;
}
export interface Source {
  publisher: string;
  /** Whose report or words it prints, or what it is. */
  credit?: string;
  /** The host of the copy that was read, if one was. */
  copied_by?: string;
  title: string;
  date?: string;
  address?: string;
  seen?: boolean;
}
export type Sources = Record<string, Source>;

export interface Anchor extends Dated {
  place: string;
  holder: string;
  accuracy_m: number;
  at: LatLng;
}

/** What an opened card tells beside the texts, by kind and id; it comes after the first paint. */
export interface Details {
  clauses: Record<string, Partial<Clause>>;
  obligations: Record<string, Partial<Obligation>>;
  events: Record<string, Partial<AtlasEvent>>;
  zones: Record<string, Partial<Zone>>;
  units: Record<string, Partial<Unit>>;
  places: Record<string, Partial<Place>>;
  readings: Reading[];
  witnesses: Record<string, { title: string; language?: string }>;
  /** What shapes tell, by the English: empty in English. */
  shapes: Record<string, string>;
  sources: Sources;
  answers: LateAnswers;
  /** The patch to fill in, with `{entry}` for the id. */
  contest: string;
}
/** What the answers of `window.atlas` have beside what the map shows. */
export interface LateAnswers {
  /** By the number of a row's sentences (`TimelineRow.words`). */
  statuses: { sources: string[]; term_end: Day | null; notice_by: Day | null }[];
  /** By unit: what was published for the ground that changed hands there. */
  published: Record<string, { published_km2: number[]; published_note: string }>;
}

/** Everything that the map says. */
export interface Texts {
  schema: Schema;
  catalogue: CatalogueEntry[];
  styles: Styles;
  coverage: [Day, Day];
  /** Which of the two sides a holder belongs to; null: neither. */
  sides: Record<string, string | null>;
  /** Settlements whose holder is known. */
  anchors: Anchor[];
  /** Symbols that cast doubt on who holds the ground around them, and that no layer draws. */
  doubts: PointShape[];
  /** The names, in English, of what has an id. */
  vocabulary: Record<
    "status" | "controller" | "side" | "cause" | "basis" | "follows" | "accuracy" | "outcome",
    Record<string, string>
  >;
  effect: Day;
  title: string;
  credits: string;
  stops: Day[];
  clauses: Clause[];
  obligations: Obligation[];
  /** Null until the details are here. */
  late: LateAnswers | null;
  contest: string;
  /** Empty until the details are here, as `witnesses`. */
  readings: Reading[];
  witnesses: Record<string, { title: string; language?: string }>;
  shapes?: Record<string, string>;
  events: AtlasEvent[];
  zones: Record<string, Zone>;
  units: Record<string, Unit>;
  places: Place[];
  labels: CountryLabel[];
  tiles: TileSet[];
  details_file: string;
  relief_bounds: [LatLng, LatLng] | null;
  language: Words;
}

// The geometry, as it arrives and decoded.
export type RawShape = ["a" | "l", unknown[], Record<string, unknown>];
export interface Topology {
  /** Grid lines to a degree. */
  grid: number;
  arcs: number[][];
  objects: Record<string, RawShape[]>;
}
export interface Span extends Dated {
  controller: string;
  certain?: boolean;
  or?: string;
  event?: string;
  clause?: number;
  cause?: string;
  disputed?: boolean;
}
export interface Membership extends Dated {
  zone: string;
  clauses?: number[];
}
export interface Piece {
  piece: string;
  ring?: "town" | "beyond";
  unit: string;
  sovereign: string;
  accuracy_m: number;
  basis?: string;
  source?: string;
  km2: number;
  spans: Span[];
  zones: Membership[];
  latlngs: Area;
}
export interface Edge {
  left?: string;
  right?: string;
  divides: "outside" | "republics" | "inner";
  /** What it was drawn along. */
  follows: string;
  accuracy_m: number;
  latlngs: Line[];
}
export interface ZoneShape extends Dated {
  zone: string;
  pieces: string[];
  latlngs: Area;
}
export interface LineShape extends Dated, Pick<LayerStyle, "dash"> {
  zone: string;
  line?: string;
  names?: Names;
  basis?: string;
  accuracy_m?: number;
  km?: number;
  note?: string;
  guards?: string;
  latlngs: Line[];
}
export interface PointShape extends Dated {
  point: string;
  names?: Names;
  accuracy_m: number;
  text?: string;
  doubt_control?: { unit: string; or?: string };
  at: LatLng;
}
export interface BaseShape {
  kind: "neighbour" | "lake" | "coast";
  latlngs: Area | Line[];
}
export interface Shapes {
  pieces: Piece[];
  zones: ZoneShape[];
  edges: Edge[];
  lines: LineShape[];
  base: BaseShape[];
}
