// The map's side in the page is a drawer: open beside the map alone where there is room, closed beside a panel. An opened
// card opens it, its button closes it.

import { CARD_OPENED } from "./actions.ts";
import type { App } from "./app.ts";
import { flag, h, label, write } from "./dom.ts";
import { closeIcon, icon, layersIcon } from "./icons.ts";

const ROOMY_PX = 1200;

export interface Drawer {
  /** Follows the panel that is open beside the map. */
  panel(name: string): void;
}

/** Whether the drawer stands open at first beside a panel. */
export const usual = (panel: string): boolean => panel === "start" && window.innerWidth >= ROOMY_PX;

export function createDrawer(root: HTMLElement, { store, language, viewport }: App): Drawer {
  const side = root.querySelector<HTMLElement>(".atlas-side");
  const opener = h("button", { type: "button", class: "atlas-tool atlas-side-open" }, icon(layersIcon));
  const close = h("button", { type: "button", class: "atlas-side-close" }, icon(closeIcon));
  const isOpen = () => root.classList.contains("is-side-open");
  const open = (yes: boolean) => {
    if (yes === isOpen()) return;
    root.classList.toggle("is-side-open", yes);
    flag(opener, "aria-expanded", String(yes));
    viewport.resize();
  };
  const shut = () => {
    const inside = side?.contains(document.activeElement);
    open(false);
    if (inside) opener.focus({ preventScroll: true });
  };
  opener.addEventListener("click", () => {
    if (isOpen()) shut();
    else {
      open(true);
      side?.querySelector<HTMLElement>('[role="tab"][tabindex="0"]')?.focus({ preventScroll: true });
    }
  });
  close.addEventListener("click", shut);
  root.addEventListener(CARD_OPENED, () => open(true));
  // The map's own link past itself leads here.
  root.querySelector(".atlas-skip")?.addEventListener("click", () => open(true), { capture: true });
  side?.addEventListener("keydown", ({ key }) => key === "Escape" && shut());
  const skip = h("a", { class: "atlas-skip atlas-skip-panel", href: "#", onclick: toPanel });
  if (root.dataset.chrome === "page") root.prepend(skip);
  side?.append(close);
  root.querySelector(".atlas-stage")?.append(opener);
  store.follow(["lang"], () => {
    label(opener, language.t("Layers"));
    label(close, language.t("Close"));
    write(skip, language.t("Skip to the panel"));
  });
  flag(opener, "aria-expanded", String(isOpen()));
  return { panel: (name) => open(usual(name)) };
}

/** Puts the focus into the panel that Streamlit has drawn beside the map. */
function toPanel(press: Event): void {
  press.preventDefault();
  const dock = document.querySelector<HTMLElement>(".st-key-atlas-dock");
  if (!dock) return;
  dock.tabIndex = -1;
  dock.focus();
}
