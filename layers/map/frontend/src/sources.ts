// How a source is shown: publisher and title, with its date; addresses are text, not links, unless they are plain pages.

import { type Child, h } from "./dom.ts";
import { type Language, word } from "./language.ts";
import type { Source, Sources } from "./payload.ts";

const PAGE = /^(https?:\/\/)?[\w.-]+\.[a-z]{2,}(\/|$)/i;

/** What stands for a publisher whom nobody has named (layers/wording/vocabulary.py). */
const UNRECORDED = [
  word("Author not recorded"),
  word("Author and publisher not recorded"),
  word("Not named on the page; read on a content server"),
];

/** The register of sources; it may come after the first paint. */
export interface SourceList {
  /** A folded list of the sources with these ids, or null where none is known. */
  list(...ids: (readonly string[] | undefined)[]): HTMLElement | null;
  /** A source by its publisher and day; nothing before the register is here. */
  label(id: string): Child;
  fill(sources: Sources): void;
}

export function createSourceList({ t, edtf }: Language): SourceList {
  let register: Sources = {};
  const published = ({ publisher: name, credit, copied_by: host }: Source) => {
    const publisher = [UNRECORDED.includes(name) ? t(name) : name, credit].filter(Boolean).join(", ");
    return host ? t("{publisher}, as copied by {host}", { publisher, host }) : publisher;
  };
  const item = (id: string, source: Source) => {
    const { title, date, address, seen } = source;
    const unseen = seen === false || id === "general-knowledge" ? ` (${t("general knowledge, no text seen")})` : "";
    // A publisher's own name is as English as the title; what is said of one is in the reader's language.
    const label = published(source);
    const [said, quoted] = label === source.publisher ? ["", `${label}: ${title}`] : [`${label}: `, title];
    const words = [said, h("span", { lang: "en" }, quoted), `${date ? `, ${edtf(date)}` : ""}${unseen}`];
    if (!address || !PAGE.test(address)) return h("li", {}, words);
    const href = /^https?:/.test(address) ? address : `https://${address}`;
    return h("li", {}, h("a", { href, rel: "noopener noreferrer external", target: "_blank" }, words));
  };
  return {
    fill: (sources) => {
      register = sources;
    },
    label: (id) => {
      const source = register[id];
      if (!source) return null;
      const [label, date] = [published(source), edtf(source.date)];
      return [label === source.publisher ? h("span", { lang: "en" }, label) : label, date && `, ${date}`];
    },
    list: (...ids) => {
      const found = [...new Set(ids.flatMap((some) => some ?? []))].flatMap((id) => {
        const source = register[id];
        return source ? [item(id, source)] : [];
      });
      if (!found.length) return null;
      return h(
        "details",
        { class: "atlas-sources" },
        h("summary", {}, t("Sources ({n})", { n: found.length })),
        h("ul", {}, found),
      );
    },
  };
}
