import assert from "node:assert/strict";
import { test } from "node:test";
import { lineGrid } from "../src/line_grid.ts";
import type { LatLng } from "../src/payload.ts";

const ROOM = { left: 0, top: 0, right: 400, bottom: 400 };
/** A line straight down at x = 100, from above the room to below it, with no point inside. */
const DOWN: LatLng[] = [
  [-30, 100],
  [430, 100],
];
const covers = lineGrid([DOWN], ([y, x]) => [x, y], ROOM);

test("a box on a line covers some of it, one beside it none", () => {
  assert.ok(covers([90, 100, 130, 120]) > 0);
  assert.equal(covers([110, 100, 150, 120]), 0);
  assert.ok(covers([90, 100, 130, 220]) > covers([90, 100, 130, 120]));
});

test("no lines cover nothing", () => {
  assert.equal(lineGrid([], ([y, x]) => [x, y], ROOM)([0, 0, 400, 400]), 0);
});
