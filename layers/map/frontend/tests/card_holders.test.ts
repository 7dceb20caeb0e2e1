import assert from "node:assert/strict";
import { test } from "node:test";
import { holdings } from "../src/card_holders.ts";

test("a holder's time begins with the announcement, and tells from when it is certain", () => {
  const history = holdings([
    { controller: "two", certain: true, until: "2001-03-01" },
    { controller: "two", certain: false, or: "one", since: "2001-03-01", until: "2001-03-04" },
    { controller: "two", certain: false, or: "one", since: "2001-03-04", until: "2001-03-05" },
    { controller: "one", certain: false, or: "two", since: "2001-03-05", until: "2001-04-01", event: "announced" },
    { controller: "one", certain: true, since: "2001-04-01", event: "announced" },
  ]);
  assert.deepEqual(history, [
    { controller: "two", since: null, certain: true, turns: [{ day: "2001-03-01", certain: false }] },
    { controller: "one", since: "2001-03-05", certain: false, turns: [{ day: "2001-04-01", certain: true }] },
  ]);
});

test("a holder that is certain all the time has one line", () => {
  assert.deepEqual(holdings([{ controller: "one", certain: true }]), [
    { controller: "one", since: null, certain: true, turns: [] },
  ]);
});
