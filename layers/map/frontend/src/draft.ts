// The mark of a draft translation, above what the tabs show, with the English one press away.

import { flag, h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { Store } from "./store.ts";
import type { Tabs } from "./tabs.ts";

interface Deps {
  store: Store;
  language: Language;
  record: RecordTexts;
  tabs: Tabs;
}

export function createDraftMark({ store, language, record, tabs }: Deps): void {
  const press = () => {
    record.english = !record.english;
    store.refresh("lang");
  };
  const words = h("span");
  const button = h("button", { type: "button", class: "atlas-small", onclick: press });
  const node = h("p", { class: "atlas-draft", hidden: true }, words, " ", button);
  tabs.box.before(node);
  store.follow(["lang"], ({ lang }) => {
    const { t } = language;
    node.hidden = !language.words(lang)?.draft;
    write(words, t("Draft translation: no native speaker has read it yet."));
    write(button, t("English text"));
    flag(button, "aria-pressed", String(record.english));
  });
}
