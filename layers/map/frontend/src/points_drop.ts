// Takes a list of the reader's own that is dropped on the map or chosen. What reads it (attribute_panel.ts and its worker)
// is packed beside the map, and unpacked only then.

import type { Lists } from "./attribute_words.ts";
import { unpack } from "./details.ts";
import { h, label } from "./dom.ts";
import { addListIcon, icon } from "./icons.ts";
import type { AtlasHandle } from "./mount.ts";

/** The event that says that {@link Window.atlasDropped} is there. */
export const DROPPED = "atlas-dropped";

/** What works on a list (layers/map/points_kit.py). */
export interface PointsKit {
  panel: string;
  worker: string;
  style: string;
  lists: Lists;
  /** Translations by language and English form. */
  words: Record<string, Record<string, string>>;
}
/** What the panel's script leaves on the window. */
export interface PointsPanel {
  take(file: File | null): void;
}
declare global {
  interface Window {
    /** A list that was dropped on the map of the page, until the panel of points has taken it. */
    atlasDropped?: File;
    atlasPoints?: (handle: AtlasHandle, root: HTMLElement, kit: PointsKit, opener: HTMLElement) => PointsPanel;
  }
}

export function takeLists(root: HTMLElement, handle: AtlasHandle, packed: string): void {
  const { store, language, say } = handle.parts();
  const opener = h("button", { type: "button", class: "atlas-tool atlas-own-open", tabindex: -1 }, icon(addListIcon));
  let panel: Promise<PointsPanel> | null = null;
  const take = (file: File | null) => {
    panel ??= unpack<PointsKit>(packed).then((kit) => panelOf(handle, root, kit, opener));
    panel.then(
      (found) => found.take(file),
      () => {
        panel = null;
        say([language.t("This part of the map can't be loaded; check the connection and try again.")]);
      },
    );
  };
  opener.addEventListener("click", () => take(null));
  root.querySelector(".atlas-tools")?.append(opener);
  onDrop(root, take);
  store.follow(["lang"], () => label(opener, language.t("Your own points")));
}

/** Hands over a file that is dropped on a part of the page. */
export function onDrop(root: HTMLElement, take: (file: File) => void): void {
  root.addEventListener("dragover", (drag) => {
    if (!drag.dataTransfer?.types.includes("Files")) return;
    drag.preventDefault();
    drag.dataTransfer.dropEffect = "copy";
  });
  root.addEventListener("drop", (drop) => {
    const file = drop.dataTransfer?.files[0];
    if (!file) return;
    drop.preventDefault();
    take(file);
  });
}

/** Runs the panel's script; the document's policy names its hash. */
function panelOf(handle: AtlasHandle, root: HTMLElement, kit: PointsKit, opener: HTMLElement): PointsPanel {
  const [style, script] = [document.createElement("style"), document.createElement("script")];
  style.textContent = kit.style;
  script.textContent = kit.panel;
  document.head.append(style, script);
  if (!window.atlasPoints) throw new Error("the panel's script did not run");
  return window.atlasPoints(handle, root, kit, opener);
}
