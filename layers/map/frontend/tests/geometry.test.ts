import assert from "node:assert/strict";
import { test } from "node:test";
import { geodesic, inside, metresBetween, metresTo } from "../src/geometry.ts";
import type { Area, Line } from "../src/payload.ts";
import { thinned } from "../src/thinned.ts";

const square = (south: number, west: number, size: number): Line => [
  [south, west],
  [south, west + size],
  [south + size, west + size],
  [south + size, west],
  [south, west],
];
const withHole: Area = [[square(40, 46, 1), square(40.4, 46.4, 0.2)]];

test("inside counts holes as outside", () => {
  assert.equal(inside(withHole, [40.1, 46.1]), true);
  assert.equal(inside(withHole, [40.5, 46.5]), false);
  assert.equal(inside(withHole, [39.9, 46.5]), false);
});

test("distances go to the foot of the perpendicular or to the nearer end", () => {
  const line: Line = [
    [40, 46],
    [40, 47],
  ];
  assert.ok(Math.abs(metresTo([line], [40.1, 46.5]) - 11_119.5) < 0.001);
  assert.ok(Math.abs(metresTo([line], [40, 47.1]) - 11_119.5 * Math.cos((40 * Math.PI) / 180)) < 0.001);
  assert.equal(metresTo([[[40, 46]]], [40, 46]), 0, "a line of one point is a point");
  assert.equal(metresTo([], [40, 46]), Number.POSITIVE_INFINITY);
});

test("the length of a geodesic is that of WGS84", () => {
  // Stepanakert to Yerevan and to Baku, from PROJ's geod.
  for (const [from, to, metres] of [
    [[39.8153, 46.7519], [40.1777, 44.5126], 195414.003],
    [[39.8153, 46.7519], [40.3667, 49.8352], 269963.066],
  ] as const) {
    assert.ok(Math.abs(geodesic([...from], [...to]) - metres) < 10, String(geodesic([...from], [...to])));
  }
  assert.equal(geodesic([40, 46], [40, 46]), 0);
});

test("areas that touch are 0 apart, others as far as their nearest points", () => {
  const a: Area = [[square(40, 46, 1)]];
  assert.equal(metresBetween(a, [[square(41, 46.5, 1)]]), 0);
  assert.ok(Math.abs(metresBetween(a, [[square(41.5, 46.2, 0.1)]]) - 55_597.5) < 1);
});

test("a line on pixels keeps its corners and its way back", () => {
  const points = (...xy: [number, number][]) => xy.map(([x, y]) => ({ x, y }));
  assert.deepEqual(thinned(points([0, 0], [0, 0], [1, 1], [2, 2], [2, 3])), points([0, 0], [2, 2], [2, 3]));
  assert.deepEqual(thinned(points([0, 0], [2, 0], [1, 0])), points([0, 0], [2, 0], [1, 0]));
});
