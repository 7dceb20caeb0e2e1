import assert from "node:assert/strict";
import { test } from "node:test";
import type { Target } from "../src/actions.ts";
import { cardTarget, cardText } from "../src/page_state.ts";

const CARDS: Record<string, Target> = {
  "clause:6": { clause: 6 },
  "place:shusha": { place: "shusha" },
  "piece:agdam-1@40.1000,46.9000": { piece: "agdam-1", at: [40.1, 46.9] },
  "zone:lachin": { zone: "lachin" },
  "line:corridor-routes.new-road": { zone: "corridor-routes", line: "new-road" },
  "point:heights.farrukh": { zone: "heights", point: "farrukh" },
  "event:agdam-handed-over": { event: "agdam-handed-over" },
  "at:39.7600,46.7500": { at: [39.76, 46.75] },
};

test("a card goes into an address and comes back", () => {
  for (const [text, target] of Object.entries(CARDS)) {
    assert.equal(cardText(target), text);
    assert.deepEqual(cardTarget(text), target);
  }
});

test("what is not a card gives none", () => {
  for (const text of [undefined, "", "x", "zone:", "other:id", "at:x,y", "at:1", "line:alone"])
    assert.equal(cardTarget(text), null, text);
});
