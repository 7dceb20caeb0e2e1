import assert from "node:assert/strict";
import { test } from "node:test";
import type { Topology } from "../src/payload.ts";
import { decode } from "../src/topology.ts";

const topology: Topology = {
  grid: 100_000,
  arcs: [
    [4600001, 4000000, 0, 10, -5, 5],
    [4599996, 4000015, 5, -15],
  ],
  objects: {
    pieces: [["a", [[[0, 1]]], { piece: "one" }]],
    edges: [["l", [[~0]], { left: "one" }]],
  },
};

test("coordinates are the very numbers that a decimal text has", () => {
  const [piece] = decode(topology).pieces;
  assert.deepEqual(piece?.latlngs, [
    [
      [
        [40, 46.00001],
        [40.0001, 46.00001],
        [40.00015, 45.99996],
        [40, 46.00001],
      ],
    ],
  ]);
});

test("~n is arc n backwards", () => {
  const [edge] = decode(topology).edges;
  assert.deepEqual(edge?.latlngs, [
    [
      [40.00015, 45.99996],
      [40.0001, 46.00001],
      [40, 46.00001],
    ],
  ]);
});

test("damaged geometry is refused", () => {
  assert.throws(() => decode({ ...topology, grid: 0 }), /no grid/);
  assert.throws(() => decode({ ...topology, objects: { pieces: [["a", [[[7]]], {}]] } }), /no arc 7/);
});
