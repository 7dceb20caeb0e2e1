import assert from "node:assert/strict";
import { test } from "node:test";
import { createSchema } from "../src/state.ts";
import { schema } from "./made_up.ts";

const { parse, fromValues, change, fromHash, toHash } = createSchema(schema);
const codes = (notices: { code: string }[]) => notices.map(({ code }) => code);

test("an address without a query is the usual state, and is written as nothing", () => {
  const [state, notices] = parse({});
  assert.deepEqual(state.layers, ["east", "control"]);
  assert.deepEqual(notices, []);
  assert.equal(toHash(state), "");
});

test("a state survives its address", () => {
  const [state] = fromValues({
    on: "2002-02-03",
    from: "2001-01-01",
    layers: ["west"],
    clause: 3,
    view: [40.5, 46.25, 8.5],
  });
  assert.deepEqual(fromHash(`#${toHash(state)}`), [state, []]);
  assert.equal(toHash(state), "on=2002-02-03&from=2001-01-01&layers=west&clause=3&view=40.5,46.25,8.5");
});

test("each bad value gives its default and one notice that names it", () => {
  const [state, notices] = fromHash("#on=2001-02-30&clause=0&lang=fr&view=1,2&layers=nowhere&other=1");
  assert.equal(state.on, "2001-03-01");
  assert.equal(state.view, null);
  assert.deepEqual(codes(notices), ["not-a-day", "unknown-layer", "unknown-clause", "unknown-choice", "bad-view"]);
  assert.equal(notices[0]?.values.value, "2001-02-30");
});

test("days outside the record, and an earlier day after the later one", () => {
  assert.deepEqual(codes(fromValues({ on: "1999-12-31" })[1]), ["before-record"]);
  const [late, told] = fromValues({ on: "2031-01-01" });
  assert.equal(late.on, "2002-12-31");
  assert.deepEqual(codes(told), ["after-record"]);
  assert.deepEqual(codes(fromValues({ on: "2001-01-01", from: "2001-02-01" })[1]), ["after-on"]);
});

test("a link from other data is named, one from these is not", () => {
  const told = (hash: string) => fromHash(hash)[1].map(({ code, values }) => [code, values.value]);
  assert.deepEqual(told("#v=1.2.0%2B0123456789ab"), []);
  assert.deepEqual(told("#v=1.2.0+0123456789ab&on=2001-05-05"), []);
  assert.deepEqual(told("?v=1.1.0%2Bffff"), [["other-version", "1.1.0+ffff"]]);
  assert.deepEqual(told("#v=../../etc"), [["not-a-version", "../../etc"]]);
  assert.deepEqual(fromHash("#v=1.1.0&on=2001-05-05")[0], fromHash("#on=2001-05-05")[0]);
});

test("layers: none, groups, the order of the record", () => {
  assert.deepEqual(fromValues({ layers: [] })[0].layers, []);
  assert.deepEqual(fromValues({ layers: ["control", "districts"] })[0].layers, ["east", "west", "control"]);
});

test("a change keeps the rest, takes values back with null, and tells only of itself", () => {
  const [state] = fromValues({ on: "2002-01-01", from: "2001-01-01", clause: 2 });
  assert.deepEqual(change(state, { clause: null })[0], { ...state, clause: null });
  assert.deepEqual(codes(change(state, { on: "2000-06-01" })[1]), []);
  assert.equal(change(state, { on: "2000-06-01" })[0].from, null);
});

const thrower = () => {
  throw new Error("no");
};
const endless: unknown[] = [];
endless.push(endless);
for (const [name, value] of Object.entries({
  "an object without a text": { toString: 1, valueOf: 1 },
  "an object that throws": { toString: thrower },
  "a symbol": Symbol("x"),
  "a function": thrower,
  "an endless list": endless,
  "a proxy that throws": new Proxy([], { get: thrower }),
  "not a number": Number.NaN,
})) {
  test(`hostile value: ${name}`, () => {
    const [state] = parse({});
    const [next, notices] = change(state, { on: value });
    assert.equal(next.on, "2001-03-01");
    assert.deepEqual(codes(notices), ["not-a-day"]);
  });
}

test("hostile wishes: no object, a getter or a proxy that throws", () => {
  const [state] = parse({});
  for (const wish of [
    null,
    undefined,
    1,
    "on",
    [],
    new Proxy({}, { getOwnPropertyDescriptor: thrower, get: thrower }),
  ]) {
    assert.doesNotThrow(() => change(state, wish));
  }
  const [next] = change(state, {
    get on() {
      return thrower();
    },
    clause: 2,
  });
  assert.deepEqual([next.on, next.clause], ["2001-03-01", 2]);
});

test("a notice shows nothing that could hide or reorder text", () => {
  const [, [notice]] = fromValues({ on: `\u202e${"x".repeat(60)}` });
  assert.equal(notice?.values.value, `\ufffd${"x".repeat(39)}`);
});
