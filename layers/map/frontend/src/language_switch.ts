// The reader's language and the form of names that leads.

import { h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";

const LANGUAGES: [string, string][] = [
  ["az", "Azərbaycanca"],
  ["hy", "Հայերեն"],
  ["ru", "Русский"],
];

export function createLanguageSwitch(store: Store, { t }: Language): { node: HTMLElement } {
  const select = (key: "lang" | "names", options: [string, string][]) => {
    const choose = () => store.dispatch({ [key]: element.value });
    const element = h(
      "select",
      { class: "atlas-select", onchange: choose },
      options.map(([value, text]) =>
        h("option", { value, lang: LANGUAGES.some(([code]) => code === value) ? value : null }, text),
      ),
    );
    return element;
  };
  const lang = select("lang", [["en", "English"], ...LANGUAGES]);
  const names = select("names", [["lang", ""], ["neutral", ""], ...LANGUAGES]);
  const [langLabel, namesLabel] = [h("span"), h("span")];
  store.subscribe("settle", ["lang", "names"], (state) => {
    write(langLabel, t("Language"));
    write(namesLabel, t("Names"));
    const [same, neutral] = names.options;
    if (same) write(same, t("as the language"));
    if (neutral) write(neutral, t("neutral"));
    lang.value = state.lang;
    names.value = state.names;
  });
  return {
    node: h("div", { class: "atlas-languages" }, h("label", {}, langLabel, lang), h("label", {}, namesLabel, names)),
  };
}
