// What all parts of one map share: its state, its language, the texts.

import { browserSchedule } from "./dom.ts";
import { createLanguage, type Language } from "./language.ts";
import type { MountOptions } from "./options.ts";
import type { AtlasEvent, Texts } from "./payload.ts";
import { createRecordTexts, type RecordTexts } from "./record_texts.ts";
import { createSchema, type Notice, type StateSchema } from "./state.ts";
import { createStore, type Store } from "./store.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface Core {
  schema: StateSchema;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  eventById: ReadonlyMap<string, AtlasEvent>;
  texts: Texts;
  record: RecordTexts;
  /** What could not be used of the state to begin with. */
  notices: Notice[];
}

export function createCore(texts: Texts, options: MountOptions): Core {
  const schema = createSchema(texts.schema);
  const fromAddress = options.chrome === "document" && !options.state;
  const [begin, notices] = fromAddress
    ? schema.fromHash(window.location.hash || window.location.search)
    : schema.fromValues(options.state ?? {});
  const store = createStore(begin, browserSchedule);
  const record = options.record ?? createRecordTexts(texts);
  const language = createLanguage({ ...options.words, en: texts.language }, () => store.state);
  // Before anything else that is painted.
  store.subscribe("paint", ["lang"], ({ lang }) => {
    const titles = language.words(lang)?.titles;
    if (titles) record.add(lang, "titles", titles);
    record.show(lang);
  });
  const eventById = new Map(texts.events.map((event) => [event.id, event]));
  return {
    schema,
    store,
    language,
    vocabulary: createVocabulary(language, texts.vocabulary),
    eventById,
    texts,
    record,
    notices,
  };
}
