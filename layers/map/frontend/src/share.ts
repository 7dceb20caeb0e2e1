// Sharing what is on screen: the link, paper, and in the page the ways into its panels for pictures, frames and citations.

import type { App } from "./app.ts";
import { copied, h, label, write } from "./dom.ts";
import { icon, shareIcon } from "./icons.ts";

/** Panels that hold what is asked for (panels/words.py), and the keyed part of one that is not at its top. */
const PANELS = { picture: ["downloads"], embed: ["downloads", "atlas-frame"], cite: ["about"] } as const;
let boxes = 0;

type OpenPanel = (panel: string, part?: string) => void;

export interface Share {
  /** Who opens a panel; before Streamlit is there, nobody does. */
  onPanel(open: OpenPanel): void;
}

/** The address of what is on screen, with the version of the data that it shows (layers/view_state.yaml, link_keys). */
function linkTo({ store, schema, texts }: App, owned: boolean): string {
  const address = new URL(window.location.href);
  const { version } = texts.schema;
  if (owned) {
    const state = schema.toHash(store.state);
    address.hash = `${state}${state && "&"}v=${encodeURIComponent(version)}`;
    return address.href;
  }
  // An address without a word is the story; with a version alone it would not be.
  if (!address.search) address.searchParams.set("panel", "story");
  address.searchParams.set("v", version);
  return address.href;
}

/** How long a sentence stays that asks nothing of the reader. */
const SAID_MS = 6000;

/** Says what is done, until the reader does something else, or a few seconds. */
function sayBriefly(root: HTMLElement, say: App["say"], sentence: string): void {
  say([sentence]);
  const ended = new AbortController();
  const end = () => {
    ended.abort();
    clearTimeout(timer);
    // Something else may have been said since.
    if (root.querySelector(".atlas-notice p")?.textContent === sentence) say([]);
  };
  const timer = setTimeout(end, SAID_MS);
  for (const act of ["pointerdown", "keydown"])
    document.addEventListener(act, end, { capture: true, signal: ended.signal });
}

export function createShare(root: HTMLElement, app: App): Share {
  const { store, language, say } = app;
  const owned = root.dataset.chrome === "document";
  boxes += 1;
  let openPanel: OpenPanel = () => {};
  const id = `atlas-share-${boxes}`;
  const opener = h(
    "button",
    { type: "button", class: "atlas-tool atlas-share-open", popovertarget: id },
    icon(shareIcon),
  );
  const entry = (act: () => void) => h("button", { type: "button", class: "atlas-button", onclick: act });
  const shut = () => box.hidePopover();
  const copy = entry(async () => {
    const link = linkTo(app, owned);
    shut();
    if (await copied(link)) sayBriefly(root, say, language.t("The link is copied."));
    else say([link]);
  });
  const print = entry(() => {
    shut();
    window.print();
  });
  const ways = Object.values(PANELS).map(([panel, part]) =>
    entry(() => {
      shut();
      openPanel(panel, part);
    }),
  );
  const [picture, embed, cite] = ways as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement];
  const box = h(
    "div",
    { id, class: "atlas-share", popover: "auto" },
    copy,
    ...(owned ? [print] : [picture, embed, print, cite]),
  );
  box.addEventListener("beforetoggle", () => {
    const { left, bottom } = opener.getBoundingClientRect();
    box.style.setProperty("--left", `${left}px`);
    box.style.setProperty("--top", `${bottom}px`);
  });
  root.querySelector(".atlas-tools")?.append(opener);
  const colophon = h("p", { class: "atlas-colophon" });
  root.append(box, colophon);
  window.addEventListener("beforeprint", () => {
    const { schema, coverage } = app.texts;
    const edition = { version: schema.version, day: language.date(coverage[1]) };
    write(colophon, `${linkTo(app, owned)} · ${language.t("Data version {version}; record to {day}.", edition)}`);
  });
  store.follow(["lang"], () => {
    const { t } = language;
    label(opener, t("Share"));
    write(copy, t("Copy link"));
    write(picture, t("Picture"));
    write(embed, t("Embed"));
    write(print, t("Print"));
    write(cite, t("Cite"));
  });
  return {
    onPanel: (open) => {
      openPanel = open;
    },
  };
}
