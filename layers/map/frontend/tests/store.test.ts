import assert from "node:assert/strict";
import { test } from "node:test";
import type { State } from "../src/contract.ts";
import { createStore, REST_MS, type Schedule } from "../src/store.ts";

const first: State = {
  on: "2001-03-01",
  from: null,
  known: null,
  layers: [],
  clause: null,
  lang: "en",
  names: "neutral",
  view: null,
};

/** A clock that goes on when the test says so. */
function clock() {
  let paints: (() => void)[] = [];
  let timers: { at: number; task: () => void }[] = [];
  let now = 0;
  const schedule: Schedule = {
    afterPaint: (task) => paints.push(task),
    after: (milliseconds, task) => {
      const timer = { at: now + milliseconds, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  return {
    schedule,
    paint: () => {
      const due = paints;
      paints = [];
      for (const task of due) task();
    },
    pass: (milliseconds: number) => {
      now += milliseconds;
      const due = timers.filter((one) => one.at <= now);
      timers = timers.filter((one) => one.at > now);
      for (const { task } of due) task();
    },
  };
}

function set() {
  const time = clock();
  const store = createStore(first, time.schedule);
  const heard: string[] = [];
  for (const phase of ["paint", "settle", "rest"] as const) {
    store.subscribe(phase, null, (state, changed) =>
      heard.push(`${phase} ${state.on} ${[...changed].join("+")}`.trim()),
    );
  }
  return { ...time, store, heard };
}

test("a change is painted at once, settles once after the paint, rests later", () => {
  const { store, heard, paint, pass } = set();
  store.dispatch({ on: "2001-03-02" });
  store.dispatch({ on: "2001-03-03", clause: 2 });
  assert.deepEqual(heard, ["paint 2001-03-02 on", "paint 2001-03-03 on+clause"]);
  paint();
  assert.deepEqual(heard.slice(2), ["settle 2001-03-03 on+clause"]);
  pass(REST_MS - 1);
  assert.equal(heard.length, 3);
  pass(1);
  assert.deepEqual(heard.slice(3), ["rest 2001-03-03"]);
});

test("equal values change nothing", () => {
  const { store, heard } = set();
  store.dispatch({ on: first.on, layers: [] });
  assert.deepEqual(heard, []);
});

test("every change puts the rest off", () => {
  const { store, heard, paint, pass } = set();
  for (const day of ["02", "03", "04"]) {
    store.dispatch({ on: `2001-03-${day}` });
    paint();
    pass(REST_MS - 50);
  }
  assert.equal(heard.filter((one) => one.startsWith("rest")).length, 0);
  pass(50);
  assert.equal(heard.filter((one) => one.startsWith("rest")).length, 1);
});

test("playing never rests until it ends", () => {
  const { store, heard, paint, pass } = set();
  for (const day of ["02", "03"]) {
    store.dispatch({ on: `2001-03-${day}` }, "play");
    paint();
    pass(10 * REST_MS);
  }
  assert.equal(heard.filter((one) => one.startsWith("rest")).length, 0);
  store.rest();
  pass(REST_MS);
  assert.deepEqual(heard.at(-1), "rest 2001-03-03");
});

test("a listener hears only of its keys, until it ends", () => {
  const { store } = set();
  let heard = 0;
  const end = store.subscribe("paint", ["clause"], () => {
    heard += 1;
  });
  store.dispatch({ on: "2001-03-02" });
  store.dispatch({ clause: 1 });
  end();
  store.dispatch({ clause: 2 });
  assert.equal(heard, 1);
});

test("a part that comes late is told at once, and follows", () => {
  const { store, paint } = set();
  store.dispatch({ on: "2001-03-02" });
  const heard: string[] = [];
  store.follow(["on"], ({ on }) => heard.push(on));
  paint();
  assert.deepEqual(heard, ["2001-03-02", "2001-03-02"]);
});

test("nothing happens any more once it is stopped", () => {
  const { store, heard, paint, pass } = set();
  store.dispatch({ on: "2001-03-02" });
  store.stop();
  store.dispatch({ on: "2001-03-03" });
  paint();
  pass(REST_MS);
  assert.deepEqual(heard, ["paint 2001-03-02 on"]);
});

test("words that have come are painted, and nothing is reported", () => {
  const time = clock();
  const store = createStore(first, time.schedule);
  const seen: string[] = [];
  store.subscribe("paint", ["lang"], () => seen.push("paint"));
  store.subscribe("rest", null, () => seen.push("rest"));
  store.refresh("lang");
  time.paint();
  time.pass(REST_MS);
  assert.deepEqual(seen, ["paint"]);
});
