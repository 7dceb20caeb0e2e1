// A day is read as people type it; what could be two days is told as two.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readDay } from "../src/typed_day.ts";

const ONE = [
  ..."25.11.2020|25/11/2020|11/25/2020|2020-11-25|2020/11/25|25,11,2020|25 11 2020|25.11.20|25112020|11252020|20201125".split(
    "|",
  ),
  ..."25 Nov 2020|25 November 2020|Nov 25, 2020|25 noy 2020|25 նոյ, 2020 թ.|25 нояб. 2020 г.|25 ноября 2020| 25.11.2020 ".split(
    "|",
  ),
];

for (const text of ONE) test(`one day: ${text}`, () => assert.deepEqual(readDay(text), ["2020-11-25"]));

test("with dots the day comes first", () => assert.deepEqual(readDay("10.11.2020"), ["2020-11-10"]));
test("the same number twice is one day", () => assert.deepEqual(readDay("11/11/2020"), ["2020-11-11"]));
for (const text of ["10/11/2020", "10112020", "10-11-2020", "10 11 2020"])
  test(`two days: ${text}`, () => assert.deepEqual(readDay(text), ["2020-11-10", "2020-10-11"]));
for (const text of [
  "",
  "x",
  "2020",
  "Nov 2020",
  "2020-11",
  "30.02.2020",
  "2020-11-10/2020-11-12",
  "1605000000",
  "12:00",
  "2020-11-10T12:00",
])
  test(`no day: ${text}`, () => assert.deepEqual(readDay(text), []));
