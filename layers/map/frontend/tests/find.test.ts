import assert from "node:assert/strict";
import { test } from "node:test";
import { createFinder, fold } from "../src/find.ts";

const place = (id: string, rank: number, neutral: string, forms = {}) => ({
  id,
  lat: 40,
  lon: 46,
  rank,
  names: { neutral, ...forms },
});
const find = createFinder([
  place("shusha", 2, "Shusha / Shushi", { az: "Şuşa", hy: "Շուշի", ru: "Шуша / Шуши" }),
  place("shushakend", 4, "Shushakend / Shosh"),
  place("agdam", 1, "Agdam", { az: "Ağdam" }),
  ...Array.from({ length: 20 }, (_, i) => place(`x${i}`, 4, `Xanlar ${i}`)),
]);
const ids = (text: string) => find(text).map((hit) => hit.place.id);

test("a place is found by any of its names, regardless of case and accents", () => {
  for (const text of ["Shushi", "şuşa", "SUSA", "Շուշի", "шуши", " shushi "])
    assert.equal(ids(text)[0], "shusha", text);
  assert.deepEqual(ids("ağdam"), ["agdam"]);
});

test("the Armenian ligature is found however it is typed", () => {
  const found = createFinder([place("x", 4, "Sev Lake", { hy: "Սև լիճ" })]);
  for (const text of ["սև", "սեվ", "ՍԵՎ", "սեւ"]) assert.equal(found(text).length, 1, text);
});

test("a whole name comes before a beginning, each place once, at most eight", () => {
  assert.deepEqual(ids("shusha"), ["shusha", "shushakend"]);
  assert.equal(ids("xanlar").length, 8);
  assert.deepEqual(ids(""), []);
  assert.deepEqual(ids("nowhere"), []);
});

test("a place is found in every script, with and without the dots of ё and the marks of Azerbaijani letters", () => {
  const forms = { az: "Kəlbəcər", hy: "Քարվաճառ", ru: "Кельбаджар / Сёла" };
  const found = createFinder([place("kalbajar", 1, "Kalbajar / Karvachar", forms)]);
  for (const text of [
    "kəlbəcər",
    "KELBECER",
    "kalbajar",
    "քարվաճառ",
    "ՔԱՐՎԱՃԱՌ",
    "кельбаджар",
    "КЕЛЬБАДЖАР",
    "сёла",
    "села",
  ])
    assert.equal(found(text)[0]?.place.id, "kalbajar", text);
});

test("letters of Azerbaijani are folded", () => {
  assert.equal(fold("Xankəndi"), "xankendi");
  assert.equal(fold("IĞDIR"), "igdir");
});
