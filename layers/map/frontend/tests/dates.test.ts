import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, isDay, joined, spanOn } from "../src/dates.ts";
import { createLanguage } from "../src/language.ts";
import { known } from "./made_up.ts";

test("a stretch holds from its first day up to, not including, its last", () => {
  const item = { since: "2001-03-01", until: "2001-03-10" };
  assert.deepEqual(
    ["2001-02-28", "2001-03-01", "2001-03-09", "2001-03-10"].map((day) => holds(item, day)),
    [false, true, true, false],
  );
  assert.equal(holds({}, "1994-01-01"), true);
});

test("a piece has one span on every day", () => {
  const [east] = known.pieces;
  assert.ok(east);
  assert.deepEqual(
    ["2000-01-01", "2001-03-09", "2001-03-10", "2031-01-01"].map((day) => spanOn(east, day).controller),
    ["two", "two", "one", "one"],
  );
});

test("days that the calendar does not have are refused", () => {
  assert.deepEqual(["2024-02-29", "2023-02-29", "2020-13-01", "20-01-01", "2020-1-1", " 2020-01-01"].map(isDay), [
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("stretches that meet or overlap are one", () => {
  const items = [
    { since: "2003" },
    { since: "2001", until: "2002" },
    { until: "2001" },
    { since: "2001-06", until: "2001-08" },
  ];
  assert.deepEqual(joined(items), [
    ["", "2002"],
    ["2003", "9999"],
  ]);
});

const words = {
  deadlines: [],
  words: { open: "открыто", "{n} km": "{n} км" },
  numbers: [",", " "] as [string, string],
  dates: {
    long: "{d} {m} {y}",
    brief: "{d} {m} {y}",
    months: ["января", "февраля"],
    short: ["янв.", "февр."],
    alone: ["январь", "февраль"],
  },
};
const english = {
  ...words,
  deadlines: [],
  words: {},
  numbers: [".", ","] as [string, string],
  dates: { ...words.dates, months: ["January", "February"], alone: ["January", "February"] },
};
const chosen = { lang: "ru", names: "ru" };
const language = createLanguage({ en: english, ru: words }, () => chosen);

test("words, numbers and EDTF dates of a language", () => {
  assert.equal(language.t("open"), "открыто");
  assert.equal(language.t("unknown {x}", { x: 1 }), "unknown 1");
  assert.equal(language.t("{n} km", { n: "{n}" }), "{n} км");
  assert.equal(language.number(1234567.25, 1), "1 234 567,3");
  assert.equal(language.number(12, 2), "12");
  assert.equal(language.edtf("2020-02-03"), "3 февраля 2020");
  assert.equal(language.edtf("2020-02-03/2020-02-09"), "3–9 февраля 2020");
  assert.equal(language.edtf("2020-01-03/2020-02-09"), "3 января 2020 – 9 февраля 2020");
  assert.equal(language.edtf("2020-02"), "февраль 2020");
  assert.equal(language.edtf("2020"), "2020");
});

test("a name in the form that leads, or the neutral one", () => {
  assert.equal(language.name({ neutral: "Shusha", ru: "Шуша" }), "Шуша");
  assert.equal(language.name({ neutral: "Shusha" }), "Shusha");
  assert.equal(language.nameLang({ neutral: "Shusha" }), "en");
  assert.equal(language.name(undefined), "");
});
