import assert from "node:assert/strict";
import { test } from "node:test";
import type { Details, Texts } from "../src/payload.ts";
import { createRecordTexts, swap } from "../src/record_texts.ts";

test("what differs is put in place, and taken back", () => {
  const target = { a: "one", list: [{ b: "two" }, { b: "three", c: "four" }], kept: "five" };
  const before = structuredClone(target);
  const back = swap(target, { a: "eins", list: { 1: { b: "drei", d: "neu" } }, none: { x: "nowhere" } });
  assert.deepEqual(target, { a: "eins", list: [{ b: "two" }, { b: "drei", c: "four", d: "neu" }], kept: "five" });
  swap(target, back);
  assert.deepEqual(target, before);
});

test("texts are in a language once its titles are here, part by part, and in English when asked for", () => {
  const texts = { clauses: [{ number: 2, title: "Agdam" }], obligations: [], events: [], zones: {}, units: {} };
  const shown = { ...texts, places: [], readings: [], witnesses: {}, late: null } as unknown as Texts;
  const record = createRecordTexts(shown);
  const clause = () => [shown.clauses[0]?.title, shown.clauses[0]?.who, record.lang];
  record.add("ru", "titles", { clauses: { 0: { title: "Агдам" } } });
  record.show("ru");
  assert.deepEqual(clause(), ["Агдам", undefined, "ru"], "the first picture has no cards");
  record.fill({
    clauses: { 2: { who: "Armenia" } },
    obligations: {},
    events: {},
    zones: {},
    units: {},
    places: {},
    readings: [],
    witnesses: {},
    shapes: {},
  } as unknown as Details);
  assert.deepEqual(
    [record.has("ru", "cards"), record.has("ru", "events"), record.has("en", "events")],
    [false, false, true],
  );
  record.add("ru", "cards", { clauses: { 2: { who: "Армения" } } });
  record.show("ru");
  assert.deepEqual(clause(), ["Агдам", "Армения", "ru"]);
  record.english = true;
  record.show("ru");
  assert.deepEqual(clause(), ["Agdam", "Armenia", "en"]);
});
