import assert from "node:assert/strict";
import { test } from "node:test";
import { at, changes, statuses } from "../src/answers.ts";
import { statusOf } from "../src/status.ts";
import { known, obligation } from "./made_up.ts";

const LAST = "2001-12-31"; // no symbol casts doubt yet

test("a status is that of the earlier of day and knowledge", () => {
  assert.equal(statusOf(obligation, "2000-06-01", null).status, "not-in-force");
  assert.equal(statusOf(obligation, "2001-03-05", null).status, "pending");
  assert.equal(statusOf(obligation, "2001-03-06", null).status, "overdue");
  assert.equal(statusOf(obligation, "2001-03-06", "2001-03-08").status, "pending", "by then the date had been moved");
  assert.equal(
    statusOf(obligation, "2001-03-07", "2001-03-07").due,
    "2001-03-09",
    "what is announced is known that day",
  );
  assert.equal(statusOf(obligation, "2001-06-01", "2001-03-06").status, "overdue", "what came later is not known");
});

test("a row of the status has every field", () => {
  const [row] = statuses(known, "2001-03-10", null);
  assert.deepEqual(row, {
    id: "2-east",
    clause: 2,
    title: "East is handed over",
    zones: ["east"],
    status: "met-late",
    due: "2001-03-09",
    first_due: null,
    done: "2001-03-10",
    days_late: 1,
    days_late_first: null,
    ended: null,
    disputed_since: null,
    term_end: null,
    notice_by: null,
    sources: null,
  });
});

test("sources and published areas are there once the cards' texts have come", () => {
  const late = {
    statuses: Array.from({ length: 4 }, () => ({ sources: ["paper"], term_end: null, notice_by: "2001-09-01" })),
    published: { east: { published_km2: [9400], published_note: "rounded" } },
  };
  const whole = { ...known, texts: { ...known.texts, late } };
  const [row] = statuses(whole, "2001-03-10", null);
  assert.deepEqual([row?.sources, row?.notice_by], [["paper"], "2001-09-01"]);
  const areas = (from: typeof known) => changes(from, "2001-03-01", LAST).map((one) => one.published_km2);
  assert.deepEqual([areas(known), areas(whole)], [[null], [[9400]]]);
});

test("who held a place, before and after", () => {
  const before = at(known, 40.5, 46.9, "2001-03-09");
  assert.deepEqual([before.controller, before.zones, before.clauses, before.certain], ["two", ["east"], [2], true]);
  assert.equal(before.edge_m, null, "one side holds both");
  assert.equal(before.accuracy_m, 300, "then the accuracy is the piece's");
  const after = at(known, 40.5, 46.9, "2001-03-10");
  assert.deepEqual([after.controller, after.event, after.clause, after.cause], ["one", "handed-over", 2, "clause"]);
  assert.ok(Math.abs((after.edge_m ?? 0) - 76_098) < 5, String(after.edge_m));
});

test("a place within the error of the line is not certain, and says why", () => {
  const close = at(known, 40.5, 46.003, LAST);
  assert.deepEqual([close.certain, close.uncertain_by, close.accuracy_m], [false, ["line-of-control"], 500]);
  assert.equal(close.edge_m, 254);
});

test("a settlement whose holder is known makes its place certain", () => {
  const town = at(known, 40.2, 46.004, LAST);
  assert.deepEqual([town.anchor, town.certain, town.uncertain_by], ["town", true, []]);
  assert.equal(at(known, 40.2, 46.004, "2001-03-09").anchor, null);
});

test("the border is told apart from the line of control", () => {
  const found = at(known, 40.5, 46.9995, LAST);
  assert.deepEqual(
    [found.border_m, found.border_accuracy_m, found.near_border, found.uncertain_by],
    [42, 100, true, ["outside"]],
  );
});

test("a symbol casts doubt on its unit while it is in force", () => {
  assert.deepEqual(at(known, 40.5, 46.5, LAST).doubts, []);
  const doubted = at(known, 40.5, 46.5, "2002-01-01");
  assert.deepEqual([doubted.doubts, doubted.or, doubted.uncertain_by], [["hill"], "two", ["symbol"]]);
});

test("outside everything is null; after the record its last day counts", () => {
  const found = at(known, 10, 10, "2031-01-01");
  assert.deepEqual([found.outside, found.controller, found.certain, found.as_of], [true, null, null, "2002-12-31"]);
});

test("what can't be asked is refused with one sentence", () => {
  assert.throws(() => at(known, 91, 0, LAST), /not a place on earth/);
  assert.throws(() => at(known, Number.NaN, 0, LAST), RangeError);
  assert.throws(() => at(known, 40, 46, "1999-12-31"), /begins on 2000-01-01/);
  assert.throws(() => at(known, 40, 46, "yesterday"), /not a date/);
  assert.throws(() => changes(known, "2001-02-01", "2001-01-01"), /lies before/);
});

test("a hand-over counts after the first day and up to the last", () => {
  const row = {
    zone: "east",
    from: "two",
    to: "one",
    event: "handed-over",
    clause: 2,
    cause: "clause",
    date: "2001-03-10",
    km2: 9400.123,
    disputed: false,
    certain: true,
    published_km2: null,
    published_note: null,
  };
  assert.deepEqual(changes(known, "2001-03-09", "2001-03-10"), [row]);
  assert.deepEqual(changes(known, "2001-03-10", LAST), []);
});
