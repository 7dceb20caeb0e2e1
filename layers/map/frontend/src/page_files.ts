// The map's files in the page: each is fetched once, no matter who asks first.

import { fetchJson, h } from "./dom.ts";
import type { Texts } from "./payload.ts";
import type { CardPart } from "./record_texts.ts";
import type { Difference, Words } from "./words.ts";

/** Addresses of the map's files by their plain names; the server puts this above the script (server/hashed_files.py). */
declare const FILES: Record<string, string>;
/** Plain scripts, and how to see that one has run: the served page may have them already (server/early_map.py). */
/** Where the static site lies, or null; the server writes it beside them. */
declare const SITE: string | null;
export const site = (): string | null => SITE;
const SCRIPTS: Record<string, () => boolean> = {
  "leaflet.js": () => "L" in window,
  "ground.js": () => Boolean(window.atlasDraw),
};
const STYLES = ["leaflet.css", "atlas.css", "page.css"];
const loaded = new Map<string, Promise<void>>();

/** The address of a file, or null where this server has none. */
export const found = (name: string): string | null => FILES[name] ?? null;

export function file(name: string): string {
  const address = FILES[name];
  if (!address) throw new Error(`${name} is not among the map's files`);
  return address;
}

/** Adds an element to the page's head once; resolves when what it points to has loaded. */
function load(address: string, make: () => HTMLElement): Promise<void> {
  const known = loaded.get(address);
  if (known) return known;
  const coming = new Promise<void>((done, fail) => {
    const element = make();
    element.onload = () => done();
    element.onerror = () => {
      loaded.delete(address);
      element.remove();
      fail(new Error(address));
    };
    document.head.append(element);
  });
  loaded.set(address, coming);
  return coming;
}

// async = false: fetched side by side, run in order.
const script = (src: string) => load(src, () => Object.assign(document.createElement("script"), { src, async: false }));
/** A style that the served page links already holds before anything is drawn. */
const style = (href: string) =>
  document.querySelector(`link[rel="stylesheet"][href="${href}"]`)
    ? Promise.resolve()
    : load(href, () => h("link", { rel: "stylesheet", href }));

/** Words of a language, so that a page in it does not begin in English. */
async function wordsOf(lang: string): Promise<Record<string, Words>> {
  const address = FILES[`words-${lang}.json`];
  return address ? { [lang]: await fetchJson<Words>(address) } : {};
}

/** Everything that the first picture needs. */
export async function loadMap(lang: string): Promise<{ texts: Texts; words: Record<string, Words> }> {
  const [texts, words] = await Promise.all([
    fetchJson<Texts>(file("text.json")),
    wordsOf(lang).catch(() => ({})),
    ...STYLES.map((name) => style(file(name))),
    ...Object.entries(SCRIPTS).map(([name, here]) => (here() ? null : script(file(name)))),
  ]);
  return { texts, words };
}

/** Addresses of the words by language. */
export const wordsUrl = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(FILES).flatMap(([name, address]) =>
      name.startsWith("words-") ? [[name.slice(6, 8), address]] : [],
    ),
  );

/** What differs in a language in a part of what cards tell. */
export const cardsOf = (lang: string, part: CardPart): Promise<Difference> =>
  fetchJson<Difference>(file(`${part}-${lang}.json`), "low");

/** The style of what Streamlit draws. */
export const loadPanelStyle = (): Promise<void> => style(file("panel.css"));

/** The parts that come late, and their style. */
export const loadLate = async (): Promise<typeof import("./page_late.ts")> => {
  await style(file("late.css"));
  return import(new URL(file("late.js"), document.baseURI).href);
};
