// How a map is put up.

import type { OnState, Wish } from "./contract.ts";
import type { Language } from "./language.ts";
import type { Details, Texts } from "./payload.ts";
import type { CardPart, RecordTexts } from "./record_texts.ts";
import type { Store } from "./store.ts";
import type { Difference, Words } from "./words.ts";

export interface MountOptions {
  /** The texts (text.json), as a value or an address. */
  bundle?: Texts | Promise<Texts>;
  bundleUrl?: string;
  /** What cards tell, asked for after the first paint; without it, the file beside `bundleUrl` is fetched. */
  details?: () => Promise<Details>;
  /** Interface words of the other languages, as values or addresses by language. */
  words?: Record<string, Words>;
  wordsUrl?: Record<string, string>;
  /** The words of all other languages at once, asked for when one is first chosen. */
  laterWords?: () => Promise<Record<string, Words>>;
  /** What differs in a language in a part of what cards tell. */
  cards?: (lang: string, part: CardPart) => Promise<Difference>;
  /** The texts of the record, shared with another map. */
  record?: RecordTexts;
  /** The relief picture, or nothing. */
  reliefUrl?: string | null;
  /** Where the static site lies, ending in a slash, for its form and its earlier editions; none: there is no site. */
  site?: string | null;
  /** Where to begin; a later `update` with a higher `rev` moves the map. */
  state?: Wish;
  rev?: number;
  /** Called when the map comes to rest after a change. */
  onState?: OnState;
  /** "page": inside another page; "document": owns the window and its address. */
  chrome?: "page" | "document";
  /** The choice of language; a page around the map has its own. */
  languages?: (store: Store, language: Language) => { node: HTMLElement };
  /** Whether the side over the map stands open at first. */
  drawerOpen?: boolean;
}
