// The field of the search. What it finds is shown by search.ts, which comes when the field is first used.

import { flag, h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";

export interface SearchBox {
  node: HTMLElement;
  field: HTMLInputElement;
}

export function createSearchBox(store: Store, { t }: Language, used: () => void): SearchBox {
  const field = h("input", { type: "search", class: "atlas-search", autocomplete: "off", onfocus: used });
  store.subscribe("settle", ["lang"], () => {
    field.placeholder = t("Find a place");
    flag(field, "aria-label", t("Find a place in any of its names"));
  });
  return { node: h("div", { class: "atlas-searchbox" }, field), field };
}
