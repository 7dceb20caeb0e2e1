// The texts of the record in the reader's language. Texts come in English; of each other language comes what differs
// (layers/map/translated.py), which is put in place when the reader chooses it, and taken back.

import { fillIn } from "./details.ts";
import { flag, h, write } from "./dom.ts";
import type { Details, Texts } from "./payload.ts";
import type { Difference } from "./words.ts";

/** What differs in a language comes in parts: titles for the first picture; what cards tell; of these, what events tell. */
export type Part = "titles" | CardPart;
export type CardPart = "cards" | "events";

export interface RecordTexts {
  /** The language in which the texts stand now. */
  readonly lang: string;
  /** Whether the reader asked for the English in place of a draft. */
  english: boolean;
  /** A text of the record as an element that says its language; nothing where there is none. */
  text<Tag extends keyof HTMLElementTagNameMap = "span">(
    text: string | undefined,
    tag?: Tag,
  ): HTMLElementTagNameMap[Tag] | null;
  /** Writes a text into an element, and which language that is. */
  write(element: HTMLElement, text: string): void;
  /** Adds what cards tell, in English. */
  fill(details: Details): void;
  /** Adds what differs in a part. */
  add(lang: string, part: Part, difference: Difference): void;
  has(lang: string, part: Part): boolean;
  /** Puts the texts into a language, once its titles are here; a card waits for its part (card_texts.ts). */
  show(lang: string): void;
}

export function createRecordTexts(texts: Texts): RecordTexts {
  const known: Record<Part, Map<string, Difference>> = { titles: new Map(), cards: new Map(), events: new Map() };
  let details: Details | null = null;
  let lang = "en";
  let back: (() => void)[] = [];

  const put = (target: object | null, difference: Difference | undefined) => {
    if (!target || !difference) return;
    const before = swap(target, difference);
    back.push(() => swap(target, before));
  };
  const record: RecordTexts = {
    get lang() {
      return lang;
    },
    english: false,
    text: (text, tag) => (text ? h(tag ?? ("span" as never), { lang }, text) : null),
    write: (element, text) => {
      flag(element, "lang", lang);
      write(element, text);
    },
    fill: (found) => {
      details = found;
      record.show(lang);
    },
    add: (language, part, difference) => void known[part].set(language, difference),
    has: (language, part) => language === "en" || known[part].has(language),
    show: (wanted) => {
      for (const undo of back) undo();
      back = [];
      lang = known.titles.has(wanted) && !record.english ? wanted : "en";
      put(texts, known.titles.get(lang));
      for (const part of ["cards", "events"] as const) put(details, known[part].get(lang));
      if (details) fillIn(texts, details);
    },
  };
  return record;
}

/** Puts other values in place; gives the difference that takes them back. */
export function swap(target: object, difference: Difference): Difference {
  const place = target as Record<string, unknown>;
  const before: Difference = {};
  for (const [key, value] of Object.entries(difference)) {
    const old = place[key];
    if (value !== null && typeof value === "object") {
      if (old) before[key] = swap(old, value);
      continue;
    }
    before[key] = (old as string | undefined) ?? null;
    if (value === null) delete place[key];
    else place[key] = value;
  }
  return before;
}
