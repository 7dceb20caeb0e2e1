// The worker of the reader's own points: dist/attribute_worker.js, started from a Blob. It asks nobody for anything.

import type { Ground } from "./attribute_answer.ts";
import type { Choice, Table } from "./attribute_columns.ts";
import type { Lists } from "./attribute_words.ts";
import {
  createGround,
  type GroundData,
  InputError,
  opened,
  openTable,
  placeAll,
  preview,
  saidOf,
} from "./attribute_work.ts";
import { word } from "./language.ts";

/** What the page asks, by its number. */
export type Request =
  | { id: number; ask: "begin"; ground: GroundData; lists: Lists }
  | { id: number; ask: "open"; bytes: ArrayBuffer; name: string }
  | { id: number; ask: "preview" | "place"; choice: Choice };

let ground: Ground | null = null;
let lists: Lists | null = null;
let table: Table | null = null;

function answer(request: Request): unknown {
  if (request.ask === "begin") {
    lists = request.lists;
    ground = createGround(request.ground);
    return null;
  }
  if (!ground || !lists) throw new Error("the worker has no ground yet");
  if (request.ask === "open") {
    table = openTable(new Uint8Array(request.bytes), request.name, lists);
    return opened(table, lists);
  }
  if (!table) throw new Error("the worker has no file yet");
  if (request.ask === "preview") return preview(ground, table, request.choice, lists);
  return placeAll(ground, table, request.choice, lists, (done) => postMessage({ id: request.id, done }));
}

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  try {
    postMessage({ id: data.id, value: answer(data) });
  } catch (error) {
    // Of what is wrong with a file one sentence says all; anything else is a fault of ours.
    const fault = new InputError(word("the file can't be read: {reason}."), { reason: String(error).slice(0, 120) });
    postMessage({ id: data.id, error: saidOf(error instanceof InputError ? error : fault) });
  }
});
