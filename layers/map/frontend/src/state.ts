// The state of a view: read from values or an address, written to an address. The rules are layers/view_state.yaml, as
// Python reads them; nothing here throws, for any input.

import type { State } from "./contract.ts";
import { isDay } from "./dates.ts";
import type { Rule, Schema } from "./payload.ts";

/** One value that could not be used: a key of the schema's notices, and what its sentence names. */
export interface Notice {
  code: string;
  values: Record<string, string>;
}
type Query = Readonly<Record<string, string>>;
type Refuse = (code: string, more?: Record<string, string>) => unknown;

export interface StateSchema {
  /** From texts by key; unknown keys are ignored, each bad value gives its default and one notice. */
  parse(query: Query): [State, Notice[]];
  /** From JSON values; anything else counts as a bad value. */
  fromValues(values: unknown): [State, Notice[]];
  /** A state with some values changed; the notices are about those only. */
  change(state: State, wish: unknown): [State, Notice[]];
  /** From a fragment such as `#on=2020-11-25`, or a query. */
  fromHash(hash: string): [State, Notice[]];
  /** The fragment that restores a state, without `#` and without defaults. */
  toHash(state: State): string;
}

/** A bad value as a notice shows it: short, and nothing that could hide or reorder text. */
const shown = (text: string): string => text.slice(0, 40).replace(/[^\p{L}\p{N}_ .,:;/+*!?'"()<>=&%#@-]/gu, "\ufffd");

/** A JSON value as an address writes it; undefined where nothing is set. Objects are never asked for their text. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => textOf(item) ?? "").join(",") || "none";
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : `{${typeof value}}`;
}

/** The values that are there, as texts; what can't even be read counts as a bad value. */
function readTexts(keys: readonly string[], values: unknown): Map<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  const source = Object(values) as Record<string, unknown>;
  for (const key of keys) {
    try {
      if (Object.hasOwn(source, key)) texts.set(key, textOf(source[key]));
    } catch {
      texts.set(key, "{unreadable}");
    }
  }
  return texts;
}

export function createSchema(schema: Schema): StateSchema {
  const readers = createReaders(schema);

  const parse = (query: Query): [State, Notice[]] => {
    const state: Record<string, unknown> = {};
    const notices: Notice[] = [];
    for (const rule of schema.keys) {
      const text = query[rule.key] ?? "";
      const refuse: Refuse = (code, more = {}) => {
        const instead = rule.default ? String(rule.default) : "the usual value";
        notices.push({ code, values: { key: rule.key, value: shown(text), instead, ...more } });
        return rule.default;
      };
      const usual = text === "" && rule.type !== "layers";
      state[rule.key] = usual ? rule.default : readers[rule.type](rule, text, state, refuse);
    }
    notices.push(...otherVersion(schema, query.v));
    return [state as unknown as State, notices];
  };

  const keys = schema.keys.map(({ key }) => key);
  const texts = (values: unknown): Record<string, string> => {
    const found = [...readTexts(keys, values)].filter(([, text]) => text !== undefined);
    return Object.fromEntries(found) as Record<string, string>;
  };
  const change = (state: State, wish: unknown): [State, Notice[]] => {
    const query = texts(state);
    const wished = readTexts(keys, wish);
    for (const [key, text] of wished) {
      if (text === undefined) delete query[key];
      else query[key] = text;
    }
    const [next, notices] = parse(query);
    return [next, notices.filter(({ values }) => wished.has(values.key ?? ""))];
  };

  const usual = texts(parse({})[0]);
  return {
    parse,
    fromValues: (values) => parse(texts(values)),
    change,
    fromHash: (hash) => parse(Object.fromEntries(new URLSearchParams(hash.replace(/^[#?]/, "")))),
    toHash: (state) => {
      const query = Object.entries(texts(state)).filter(([key, value]) => usual[key] !== value);
      return query.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
    },
  };
}

/** Says so where a link was made from other data than these. */
function otherVersion({ version, link_keys = [] }: Schema, text = ""): Notice[] {
  // An address that was typed or mailed may not have its plus encoded.
  const asked = text.replaceAll(" ", "+");
  if (asked === "" || asked === version) return [];
  const known = new RegExp(`^(?:${link_keys[0]?.pattern})$`).test(asked);
  const values = { key: "v", value: known ? asked : shown(asked), instead: version };
  return [{ code: known ? "other-version" : "not-a-version", values }];
}

type Reader = (rule: Rule, text: string, before: Record<string, unknown>, refuse: Refuse) => unknown;

function createReaders(schema: Schema): Record<Rule["type"], Reader> {
  const day: Reader = (rule, text, before, refuse) => {
    if (!isDay(text)) return refuse("not-a-day");
    if (text < schema.start) return refuse("before-record", { start: schema.start });
    if (text > schema.end) refuse("after-record", { end: schema.end });
    const found = text > schema.end ? schema.end : text;
    const limit = rule.not_after === undefined ? undefined : String(before[rule.not_after]);
    return limit !== undefined && found > limit ? refuse("after-on", { on: limit }) : found;
  };
  const view: Reader = (rule, text, _before, refuse) => {
    const parts = text.split(",");
    const bounds = rule.bounds ?? [];
    const fits = parts.every((part, i) => {
      const [low, high] = bounds[i] ?? [1, 0];
      return /^-?\d{1,3}(\.\d{1,12})?$/.test(part) && Number(part) >= low && Number(part) <= high;
    });
    if (parts.length !== bounds.length || !fits) return refuse("bad-view");
    return parts.map((part, i) => Number(Number(part).toFixed(rule.decimals?.[i] ?? 0)));
  };
  const layers: Reader = (rule, text, _before, refuse) => {
    if (text === "none") return [];
    const chosen = new Set<string>();
    let wrong = 0;
    for (const id of text.split(",").filter(Boolean)) {
      const members = Object.hasOwn(schema.groups ?? {}, id) ? schema.groups?.[id] : undefined;
      if (schema.layers.includes(id)) chosen.add(id);
      else if (members) for (const member of members) chosen.add(member);
      else {
        wrong += 1;
        if (wrong <= 5) refuse("unknown-layer", { value: shown(id) });
      }
    }
    const usual = chosen.size ? chosen : new Set(rule.default as string[]);
    return schema.layers.filter((id) => usual.has(id));
  };
  return {
    day,
    view,
    layers,
    clause: (_rule, text, _before, refuse) => (/^[1-9]$/.test(text) ? Number(text) : refuse("unknown-clause")),
    choice: (rule, text, _before, refuse) => (rule.choices?.includes(text) ? text : refuse("unknown-choice")),
  };
}
