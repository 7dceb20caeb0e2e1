// What cards tell: in English one file; of each other language what differs comes in two. The larger holds the texts of events,
// and is asked for when the card of an event is opened.

import type { Target } from "./actions.ts";
import { fetchJson } from "./dom.ts";
import type { Language } from "./language.ts";
import type { MountOptions } from "./options.ts";
import type { Details, Texts } from "./payload.ts";
import type { CardPart, RecordTexts } from "./record_texts.ts";
import type { Store } from "./store.ts";

export interface CardTexts {
  /** What to say in place of the texts of a card that are not here yet, which are then asked for; null: they are here. */
  waiting(target: Target): string | null;
  /** Asks again for what could not be loaded, the next time that it is needed. */
  retry(): void;
}
interface Deps {
  options: MountOptions;
  texts: Texts;
  record: RecordTexts;
  store: Store;
  language: Language;
  say(sentence: string): void;
}

/** `told` hears of the texts when they are here, `changed` of everything that came or failed. */
export function createCardTexts(deps: Deps, told: (details: Details) => void, changed: () => void): CardTexts {
  const { options, texts, record, store, language, say } = deps;
  const coming = new Set<string>();
  const failed = new Set<string>();
  const bring = async (what: string, ask: () => Promise<void>) => {
    if (coming.has(what) || failed.has(what)) return;
    coming.add(what);
    try {
      await ask();
    } catch {
      failed.add(what);
      say(failure());
    }
    coming.delete(what);
    changed();
  };
  const failure = () =>
    language.t("The texts of the card can't be loaded: check the connection and open the card again.");
  const details = async () => {
    const beside = options.bundleUrl && new URL(texts.details_file, new URL(options.bundleUrl, document.baseURI));
    const found = await (options.details?.() ?? fetchJson<Details>(beside || "", "low"));
    record.fill(found);
    told(found);
  };
  const translate = async (lang: string, part: CardPart) => {
    record.add(lang, part, (await options.cards?.(lang, part)) ?? {});
    record.show(store.state.lang);
  };
  /** Asks for what is not here of some parts; says what that is. */
  const missing = (parts: readonly CardPart[]): string[] => {
    const { lang } = record;
    const wanted = parts.filter((part) => !record.has(lang, part));
    if (!texts.late) void bring("details", details);
    for (const part of wanted) void bring(`${part}-${lang}`, () => translate(lang, part));
    return [...(texts.late ? [] : ["details"]), ...wanted.map((part) => `${part}-${lang}`)];
  };
  store.follow(["lang"], () => void missing(["cards"]));
  return {
    waiting: ({ event }) => {
      const needed = missing(event === undefined ? ["cards"] : ["cards", "events"]);
      if (!needed.length) return null;
      return needed.some((what) => failed.has(what)) ? failure() : language.t("loading …");
    },
    retry: () => failed.clear(),
  };
}
