// The page's side of the worker: a question and its answer, by number.

import type { Choice } from "./attribute_columns.ts";
import type { GroundData } from "./attribute_ground.ts";
import { InputError, type Said } from "./attribute_words.ts";
import type { Opened, Preview, Result } from "./attribute_work.ts";
import type { Request } from "./attribute_worker.ts";
import type { PointsKit } from "./points_drop.ts";

type Question = Request extends infer One ? (One extends Request ? Omit<One, "id"> : never) : never;
interface Reply {
  id: number;
  value?: unknown;
  error?: Said;
  done?: number;
}
interface Waiting {
  done(value: unknown): void;
  failed(error: Error): void;
  tell: ((share: number) => void) | undefined;
}

export interface Client {
  open(bytes: ArrayBuffer, name: string): Promise<Opened>;
  preview(choice: Choice): Promise<Preview>;
  /** `tell` hears the share that is done, 0 to 1. */
  place(choice: Choice, tell: (share: number) => void): Promise<Result>;
}

export function createClient({ worker: script, lists }: PointsKit, ground: GroundData): Client {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id);
    if (data.done !== undefined) {
      one?.tell?.(data.done);
      return;
    }
    waiting.delete(data.id);
    if (data.error === undefined) one?.done(data.value);
    else one?.failed(new InputError(data.error.english, data.error.values));
  });
  worker.addEventListener("error", ({ message }) => {
    for (const one of waiting.values()) one.failed(new Error(message));
    waiting.clear();
  });
  const ask = (question: Question, tell?: (share: number) => void): Promise<unknown> =>
    new Promise((done, failed) => {
      asked += 1;
      waiting.set(asked, { done, failed, tell });
      worker.postMessage({ ...question, id: asked }, question.ask === "open" ? [question.bytes] : []);
    });
  void ask({ ask: "begin", ground, lists });
  return {
    open: (bytes, name) => ask({ ask: "open", bytes, name }) as Promise<Opened>,
    preview: (choice) => ask({ ask: "preview", choice }) as Promise<Preview>,
    place: (choice, tell) => ask({ ask: "place", choice }, tell) as Promise<Result>,
  };
}
