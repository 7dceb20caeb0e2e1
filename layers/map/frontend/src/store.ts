// Holds the state of one map. A change goes through three phases:
//   paint   at once, in the same task: what the reader looks at (shapes, date, thumb of the time bar)
//   settle  after the paint, once for all changes until then: names, lists, texts
//   rest    300 ms after the last change: the address, the report to the page, the message to the embedding page

import type { Key, Origin, State } from "./contract.ts";

export type Phase = "paint" | "settle" | "rest";
/** The state, the keys that changed, the state before, and who changed it; at rest, who changed it last. */
export type Listener = (state: State, changed: ReadonlySet<Key>, before: State, origin: Origin) => void;

export interface Store {
  readonly state: State;
  /** Changes part of the state; values equal to those before change nothing. */
  dispatch(patch: Partial<State>, origin?: Origin): void;
  /** Calls a listener in a phase when one of the keys has changed (all keys: null); returns how to end that. */
  subscribe(phase: Phase, keys: readonly Key[] | null, listener: Listener): () => void;
  /** Calls a listener now, and in the settle phase when one of the keys has changed: for parts that come late. */
  follow(keys: readonly Key[], listener: (state: State) => void): void;
  /** Runs paint and settle at once, as if every key had changed: the first picture. */
  begin(): void;
  /** Paints some keys again although their values are the same: words of a language have come. Nothing to report follows. */
  refresh(...keys: Key[]): void;
  /** Lets the rest phase come although playing put it off. */
  rest(): void;
  /** Ends all phases that are still to come. */
  stop(): void;
}

/** How the phases are put off; tests give their own. */
export interface Schedule {
  afterPaint(task: () => void): void;
  after(milliseconds: number, task: () => void): () => void;
}

export const REST_MS = 300;

export function createStore(initial: State, schedule: Schedule): Store {
  const listeners: { phase: Phase; keys: readonly Key[] | null; listener: Listener }[] = [];
  let state = initial;
  let alive = true;
  let settling: { keys: Set<Key>; before: State; origin: Origin; moved: boolean } | null = null;
  let last: Origin = "host";
  let cancelRest = () => {};

  const run = (phase: Phase, changed: ReadonlySet<Key>, before: State, origin: Origin) => {
    for (const one of [...listeners]) {
      if (one.phase === phase && (!one.keys || one.keys.some((key) => changed.has(key))))
        one.listener(state, changed, before, origin);
    }
  };
  const rest = () => {
    cancelRest();
    cancelRest = schedule.after(REST_MS, () => alive && run("rest", new Set(), state, last));
  };
  const settle = () => {
    const due = settling;
    settling = null;
    if (!due || !alive) return;
    last = due.origin;
    run("settle", due.keys, due.before, due.origin);
    if (due.moved && due.origin !== "play") rest();
  };
  const announce = (changed: Set<Key>, before: State, origin: Origin, moved = true) => {
    run("paint", changed, before, origin);
    if (settling) {
      for (const key of changed) settling.keys.add(key);
      if (moved) settling.origin = origin;
      settling.moved ||= moved;
    } else {
      settling = { keys: new Set(changed), before, origin, moved };
      schedule.afterPaint(settle);
    }
  };
  return {
    get state() {
      return state;
    },
    dispatch(patch, origin = "reader") {
      const before = state;
      const keys = (Object.keys(patch) as Key[]).filter(
        (key) => JSON.stringify(patch[key]) !== JSON.stringify(before[key]),
      );
      if (!keys.length || !alive) return;
      state = { ...before, ...patch };
      if (origin !== "play") cancelRest();
      announce(new Set(keys), before, origin);
    },
    subscribe(phase, keys, listener) {
      const one = { phase, keys, listener };
      listeners.push(one);
      return () => listeners.splice(listeners.indexOf(one), 1);
    },
    follow(keys, listener) {
      listeners.push({ phase: "settle", keys, listener });
      listener(state);
    },
    begin() {
      const all = new Set(Object.keys(state) as Key[]);
      run("paint", all, state, "host");
      run("settle", all, state, "host");
    },
    refresh: (...keys) => announce(new Set(keys), state, "host", false),
    rest,
    stop() {
      alive = false;
      cancelRest();
    },
  };
}
