// A made-up record of two districts: what the tests of the pure modules share.

import type { Known } from "../src/answers.ts";
import type { Obligation, Piece, Schema } from "../src/payload.ts";

export const schema: Schema = {
  keys: [
    { key: "on", type: "day", default: "2001-03-01" },
    { key: "from", type: "day", default: null, not_after: "on" },
    { key: "known", type: "day", default: null },
    { key: "layers", type: "layers", default: ["control", "east"] },
    { key: "clause", type: "clause", default: null },
    { key: "lang", type: "choice", default: "en", choices: ["en", "ru"] },
    { key: "names", type: "choice", default: "lang", choices: ["lang", "neutral", "ru"] },
    {
      key: "view",
      type: "view",
      default: null,
      bounds: [
        [37, 43],
        [42, 52],
        [5, 15],
      ],
      decimals: [4, 4, 2],
    },
  ],
  notices: { "not-a-day": "“{value}” is not a date." },
  start: "2000-01-01",
  end: "2002-12-31",
  layers: ["east", "west", "control", "relief"],
  groups: { districts: ["east", "west"] },
  link_keys: [{ key: "v", pattern: "[0-9A-Za-z][0-9A-Za-z.+-]{0,63}" }],
  version: "1.2.0+0123456789ab",
};

const square = (west: number): Piece["latlngs"] => [
  [
    [
      [40, west],
      [40, west + 1],
      [41, west + 1],
      [41, west],
      [40, west],
    ],
  ],
];
const east: Piece = {
  piece: "east",
  unit: "east",
  sovereign: "one",
  accuracy_m: 300,
  basis: "adjusted",
  source: "made up",
  km2: 9400.1234,
  latlngs: square(46),
  spans: [
    { controller: "two", certain: true, until: "2001-03-10" },
    { controller: "one", certain: true, since: "2001-03-10", event: "handed-over", clause: 2, cause: "clause" },
  ],
  zones: [{ zone: "east", since: "2001-03-01", clauses: [2] }],
};
const west: Piece = { ...east, piece: "west", unit: "west", latlngs: square(45), zones: [] };
west.spans = [{ controller: "two", certain: true }];

export const obligation: Obligation = {
  id: "2-east",
  clause: 2,
  title: "East is handed over",
  zones: ["east"],
  timelines: [
    {
      known: "2000-01-01",
      rows: [
        ["2000-01-01", { words: 0, status: "not-in-force" }],
        ["2001-03-01", { words: 0, status: "pending", due: "2001-03-05" }],
        ["2001-03-06", { words: 0, status: "overdue", due: "2001-03-05" }],
      ],
    },
    {
      known: "2001-03-07",
      rows: [
        ["2000-01-01", { words: 0, status: "not-in-force" }],
        ["2001-03-01", { words: 0, status: "pending", due: "2001-03-09" }],
        ["2001-03-10", { words: 0, status: "met-late", due: "2001-03-09", done: "2001-03-10", days_late: 1 }],
      ],
    },
  ],
};

export const known: Known = {
  pieces: [east, west],
  edges: [
    {
      left: "west",
      right: "east",
      divides: "inner",
      follows: "district",
      accuracy_m: 500,
      latlngs: [
        [
          [40, 46],
          [41, 46],
        ],
      ],
    },
    {
      left: "east",
      divides: "outside",
      follows: "border",
      accuracy_m: 100,
      latlngs: [
        [
          [40, 47],
          [41, 47],
        ],
      ],
    },
  ],
  points: [
    {
      point: "hill",
      accuracy_m: 1000,
      at: [40.5, 46.5],
      since: "2002-01-01",
      doubt_control: { unit: "east", or: "two" },
    },
  ],
  texts: {
    late: null,
    coverage: ["2000-01-01", "2002-12-31"],
    obligations: [obligation],
    sides: { one: "one", two: "two" },
    anchors: [{ place: "town", holder: "one", since: "2001-03-10", accuracy_m: 400, at: [40.2, 46.004] }],
  },
};
