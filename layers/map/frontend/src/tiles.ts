// Basemaps of others: off until the reader chooses one, and not part of the state, so that no link switches them on.

import { h, write } from "./dom.ts";
import type { Furniture } from "./furniture.ts";
import type { Language } from "./language.ts";
import type { TileSet } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";

interface Deps {
  camera: Camera;
  store: Store;
  language: Language;
  furniture: Furniture;
  root: HTMLElement;
  uid: number;
  tiles: readonly TileSet[];
}

export function createTiles({ camera, store, language, furniture, root, uid, tiles }: Deps): { node: HTMLElement } {
  const title = h("summary");
  const warning = h("p", { class: "atlas-hint" });
  const failure = h("p", { role: "status" });
  const nothing = h("span");
  const choice = (set: TileSet | null, words: Node | string) =>
    h(
      "label",
      { class: "atlas-choice" },
      h("input", { type: "radio", name: `atlas${uid}-tiles`, checked: !set, onchange: () => choose(set) }),
      words,
    );
  const choices = [choice(null, nothing), ...tiles.map((set) => choice(set, `${set.name} (${set.host})`))];
  const node = h("details", {}, title, warning, choices, failure);
  let remove: (() => void) | null = null;

  const choose = (set: TileSet | null) => {
    remove?.();
    remove = null;
    write(failure, "");
    root.classList.toggle("has-tiles", Boolean(set));
    furniture.credit(set ? set.attribution : "");
    if (!set) return;
    let seen = false;
    const failed = () => {
      if (!seen) root.classList.remove("has-tiles");
      write(failure, language.t("The tiles can't be loaded; the map works without them."));
    };
    remove = camera.tiles(
      set,
      () => {
        seen = true;
      },
      failed,
    );
  };
  store.follow(["lang"], () => {
    const { t } = language;
    write(title, t("Basemap of others"));
    write(nothing, t("none"));
    write(
      warning,
      t(
        "Such tiles show names and borders that others chose, and their host learns your address and which part of the map you look at.",
      ),
    );
  });
  return { node };
}
