// The names of what has an id (layers/wording/vocabulary.py).

import type { Language } from "./language.ts";
import type { Texts } from "./payload.ts";

/** The vocabulary in the reader's language; an id without a word is shown as it is. */
export interface Vocabulary {
  status(id: string): string;
  holder(id: string): string;
  side(id: string): string;
  cause(id: string): string;
  edge(id: string): string;
  basis(id: string): string;
  /** What a court made of a request. */
  outcome(id: string): string;
  /** "± 1.5 km", and what the line was drawn from. */
  accuracy(metres: number, basis?: string): string;
}

export function createVocabulary({ t, length }: Language, names: Texts["vocabulary"]): Vocabulary {
  const look = (table: Record<string, string>) => (id: string) => t(table[id] ?? id);
  const basis = look(names.basis);
  return {
    status: look(names.status),
    holder: look(names.controller),
    side: look(names.side),
    cause: look(names.cause),
    edge: look(names.accuracy),
    basis,
    outcome: look(names.outcome),
    accuracy: (metres, from) => {
      const words = `± ${length(metres)}`;
      return from ? `${words} (${basis(from)})` : words;
    },
  };
}
