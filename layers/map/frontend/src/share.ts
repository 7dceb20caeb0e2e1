// Sharing what is on screen: the link, paper, and the ways into the page's panels for pictures, frames and citations.

import type { App } from "./app.ts";
import { h, label, write } from "./dom.ts";
import { icon, shareIcon } from "./icons.ts";

/** Panels that hold what is asked for (panels/words.py). */
const PANELS = { picture: "downloads", embed: "downloads", cite: "about" } as const;
let boxes = 0;

export interface Share {
  /** Who opens a panel; before Streamlit is there, nobody does. */
  onPanel(open: (panel: string) => void): void;
}

export function createShare(root: HTMLElement, { store, language, say }: App): Share {
  boxes += 1;
  let openPanel: (panel: string) => void = () => {};
  const id = `atlas-share-${boxes}`;
  const opener = h(
    "button",
    { type: "button", class: "atlas-tool atlas-share-open", popovertarget: id },
    icon(shareIcon),
  );
  const entry = (act: () => void) => h("button", { type: "button", class: "atlas-button", onclick: act });
  const shut = () => box.hidePopover();
  const copy = entry(() => {
    const told = language.t("The link is copied.");
    navigator.clipboard.writeText(window.location.href).then(
      () => say([told]),
      () => say([window.location.href]),
    );
    shut();
  });
  const print = entry(() => {
    shut();
    window.print();
  });
  const ways = Object.values(PANELS).map((panel) =>
    entry(() => {
      shut();
      openPanel(panel);
    }),
  );
  const [picture, embed, cite] = ways as [HTMLButtonElement, HTMLButtonElement, HTMLButtonElement];
  const box = h("div", { id, class: "atlas-share", popover: "auto" }, copy, picture, embed, print, cite);
  box.addEventListener("beforetoggle", () => {
    const { left, bottom } = opener.getBoundingClientRect();
    box.style.setProperty("--left", `${left}px`);
    box.style.setProperty("--top", `${bottom}px`);
  });
  root.querySelector(".atlas-tools")?.append(opener);
  root.append(box);
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
