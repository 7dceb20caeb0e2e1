// Who held a place on its day, and over its whole disc and span: geodata/attribution/attribute.py and extent.py, one row at a time.

import { discParts } from "./attribute_discs.ts";
import {
  createDistances,
  createEdgeStates,
  createStates,
  type Distances,
  type EdgeStates,
  type GroundData,
  OUTSIDE,
  type States,
} from "./attribute_ground.ts";
import { createPieces, type Pieces } from "./attribute_pieces.ts";
import { holds, isoDay } from "./dates.ts";
import { METRES_PER_DEGREE, metresApart } from "./geometry.ts";
import type { Dated, LatLng } from "./payload.ts";

/** What is asked: a place (degrees), its disc (metres) and its days (since 1970-01-01). */
export interface Asked {
  lat: number;
  lon: number;
  radius: number;
  first: number;
  last: number;
}
/** What is known of it; see the Python `Answer` of the same fields. */
export interface Answer {
  piece: number;
  state: number;
  possible: number;
  certain: boolean;
  line: Best;
  border: Best;
  asOf: number;
  /** How much of disc and span each controller had, then what is not mapped; null for a point and a day. */
  share: number[] | null;
}
/** The edge of a kind that leaves the least room, metres. */
export interface Best {
  room: number;
  metres: number;
  accuracy: number;
}
const NONE: Best = { room: Number.POSITIVE_INFINITY, metres: Number.POSITIVE_INFINITY, accuracy: 0 };
/** A point feature with the states in which it is in force. */
interface Around {
  at: LatLng;
  accuracy: number;
  holder: number;
  unit: string;
  inForce: boolean[];
}
export interface Ground {
  data: GroundData;
  states: States;
  /** South, west, north, east. */
  bounds: Pieces["bounds"];
  ask(asked: Asked): Answer;
}
interface Parts {
  data: GroundData;
  states: States;
  edges: EdgeStates;
  /** The edges that are a line between the sides, or that part other holders, in each state; and the borders. */
  lines: number[][];
  others: number[][];
  borders: number[];
  /** The edges across which something differs, in each state. */
  reach: number[][];
  pieces: Pieces;
  distances: Distances;
  anchors: Around[];
  doubts: Around[];
}

export function createGround(data: GroundData): Ground {
  const states = createStates(data);
  const around = (
    point: { at: LatLng; accuracy_m: number } & Dated,
    holder: string | undefined,
    unit = "",
  ): Around => ({
    at: point.at,
    accuracy: point.accuracy_m,
    holder: states.controllers.indexOf(holder ?? ""),
    unit,
    inForce: states.days.map((day) => holds(point, isoDay(day))),
  });
  const edges = createEdgeStates(data, states);
  const every = data.edges.map((_edge, at) => at);
  const count = states.days.length;
  const inState = (counts: (place: number) => boolean | number | undefined) =>
    states.days.map((_day, state) => every.filter((edge) => counts(edge * count + state)));
  const parts: Parts = {
    data,
    states,
    edges,
    lines: inState((place) => edges.line[place]),
    others: inState((place) => edges.changes[place] && !edges.line[place]),
    borders: every.filter((edge) => data.edges[edge]?.divides !== "inner"),
    reach: inState((place) => edges.reach[place] || edges.changes[place]),
    pieces: createPieces(data.pieces),
    distances: createDistances(data.edges),
    anchors: data.anchors.map((anchor) => around(anchor, anchor.holder)),
    doubts: data.points.flatMap((point) =>
      point.doubt_control ? [around(point, point.doubt_control.or, point.doubt_control.unit)] : [],
    ),
  };
  const known = new Map<string, Answer>();
  return {
    data,
    states,
    bounds: parts.pieces.bounds,
    ask: (asked) => {
      const key = `${asked.lat} ${asked.lon} ${asked.radius} ${asked.first} ${asked.last}`;
      let answer = known.get(key);
      if (!answer) {
        answer = answerOf(parts, asked);
        known.set(key, answer);
      }
      return answer;
    },
  };
}

function answerOf(parts: Parts, asked: Asked): Answer {
  const { states, pieces, distances } = parts;
  const piece = pieces.at(asked.lat, asked.lon);
  const state = states.at(asked.last);
  distances.from(asked.lat, asked.lon);
  const border = least(parts, parts.borders);
  const held = states.held(piece, state);
  const answer: Answer = {
    piece,
    state,
    possible: bit(held.controller) | bit(held.other),
    certain: true,
    line: NONE,
    border,
    asOf: Math.min(asked.last, states.end),
    share: null,
  };
  if (piece !== OUTSIDE) {
    answer.line = least(parts, parts.lines[state] ?? []);
    const other = least(parts, parts.others[state] ?? [], { ...NONE, room: 0 });
    const near = answer.line.room < 0 || other.room < 0;
    answer.certain = held.certain && (!near || anchored(parts, asked, held.controller, state, 0));
    const doubt = doubtedBy(parts, asked, piece, state, 0, false);
    if (doubt !== null) {
      answer.certain = false;
      answer.possible |= bit(doubt);
    }
  }
  if (asked.radius > 0 || asked.first < asked.last) settle(parts, asked, answer);
  return answer;
}

const bit = (holder: number): number => (holder < 0 ? 0 : 1 << holder);

/** The edge that leaves the least room, of some; `before` where none leaves less. */
function least({ data, distances }: Parts, edges: readonly number[], before = NONE): Best {
  let best = before;
  for (const edge of edges) {
    const accuracy = data.edges[edge]?.accuracy_m ?? 0;
    if (distances.atLeast(edge) - accuracy >= best.room) continue;
    const metres = distances.to(edge);
    if (metres - accuracy < best.room) best = { room: metres - accuracy, metres, accuracy };
  }
  return best;
}

const isWithin = ({ lat, lon }: Asked, { at, accuracy }: Around, more: number): boolean =>
  metresApart([lat, lon], at) <= accuracy + more;

/** Whether a place, with its disc, lies at a settlement that is known to be a controller's in a state. */
const anchored = (parts: Parts, asked: Asked, controller: number, state: number, radius: number): boolean =>
  parts.anchors.some(
    (anchor) => anchor.holder === controller && anchor.inForce[state] && isWithin(asked, anchor, -radius),
  );

/** Who else may hold a place, by the first point of doubt in force around it; null: nobody. */
function doubtedBy(
  { doubts, data }: Parts,
  asked: Asked,
  piece: number,
  state: number,
  radius: number,
  beyond: boolean,
): number | null {
  const unit = data.pieces[piece]?.unit;
  const found = doubts.find(
    (doubt) => doubt.inForce[state] && (beyond || doubt.unit === unit) && isWithin(asked, doubt, radius),
  );
  return found ? found.holder : null;
}

/** Corrects what was said of the point alone for its whole disc and span, and adds the shares. */
function settle(parts: Parts, asked: Asked, answer: Answer): void {
  const { states } = parts;
  const inside = answer.piece !== OUTSIDE;
  const near = inside || reachesBox(parts, asked);
  answer.certain &&= asked.first >= states.start || !inside;
  let beyond = false;
  if (near) {
    const [begin, end] = [states.at(asked.first), states.at(asked.last)];
    if (asked.radius > 0) beyond = look(parts, asked, answer, end);
    for (let state = begin; state < end; state += 1) beyond = look(parts, asked, answer, state) || beyond;
  }
  answer.share = sharesOf(
    parts,
    asked,
    beyond ? discParts(parts.pieces, asked.lat, asked.lon, asked.radius) : new Map([[answer.piece, 1]]),
  );
}

/** Whether a disc may reach the mapped area. */
function reachesBox({ pieces }: Parts, { lat, lon, radius }: Asked): boolean {
  const [south, west, north, east] = pieces.bounds;
  const up = radius / METRES_PER_DEGREE;
  const aside = up / Math.cos((Math.max(-89, Math.min(89, lat)) * Math.PI) / 180);
  return radius > 0 && lat + up >= south && lat - up <= north && lon + aside >= west && lon - aside <= east;
}

/** Asks one state of a disc; returns whether it reaches beyond ground of one answer. */
function look(parts: Parts, asked: Asked, answer: Answer, state: number): boolean {
  const { states, edges, distances, data } = parts;
  const count = states.days.length;
  const [held, last] = [states.held(answer.piece, state), states.held(answer.piece, answer.state)];
  const { radius } = asked;
  let [bits, clear] = [0, true];
  for (const edge of parts.reach[state] ?? []) {
    const place = edge * count + state;
    const [reach, error] = [edges.reach[place] ?? 0, data.edges[edge]?.accuracy_m ?? 0];
    const changes = clear && edges.changes[place] === 1;
    if (!changes && (reach | bits) === bits) continue;
    const bound = distances.atLeast(edge);
    if (bound >= radius + error) continue;
    const metres = distances.to(edge);
    if (metres < radius) bits |= reach;
    if (changes && metres - error < radius) clear = false;
  }
  const beyond = (bits & 1) === 1;
  let found = bit(held.controller) | bit(held.other) | (bits >> 1);
  clear ||= anchored(parts, asked, held.controller, state, radius);
  const doubt = doubtedBy(parts, asked, answer.piece, state, radius, beyond);
  if (doubt !== null) found |= bit(doubt);
  const same = held.controller === last.controller && held.zones === last.zones && held.clauses === last.clauses;
  const sure = same && held.certain && answer.piece !== OUTSIDE && clear && !beyond && doubt === null;
  answer.certain &&= sure;
  answer.possible |= found;
  return beyond;
}

/** How much of disc and span each controller held; the last is what is not mapped. */
function sharesOf({ states }: Parts, asked: Asked, parts: ReadonlyMap<number, number>): number[] {
  const [first, last] = [asked.first, asked.last].map((day) => Math.max(states.start, Math.min(states.end, day))) as [
    number,
    number,
  ];
  const share = new Array<number>(states.controllers.length + 1).fill(0);
  for (let state = states.at(first); state <= states.at(last); state += 1) {
    const until = states.days[state + 1] ?? states.end + 1;
    const lasted = Math.min(last + 1, until) - Math.max(first, states.days[state] ?? 0);
    const held = new Array<number>(share.length).fill(0);
    for (const [piece, part] of parts) {
      const { controller } = states.held(piece, state);
      const holder = controller < 0 ? share.length - 1 : controller;
      held[holder] = (held[holder] ?? 0) + part;
    }
    for (const [holder, part] of held.entries())
      share[holder] = (share[holder] ?? 0) + (part * lasted) / (last - first + 1);
  }
  return share;
}
