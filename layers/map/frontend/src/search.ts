// The field that finds a place and goes there.

import type { Target } from "./actions.ts";
import { flag, h } from "./dom.ts";
import { createFinder, type Hit } from "./find.ts";
import type { Language } from "./language.ts";
import type { Place } from "./payload.ts";
import type { SearchBox } from "./search_box.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";
import type { Viewport } from "./viewport.ts";

interface Deps {
  camera: Camera;
  viewport: Viewport;
  store: Store;
  language: Language;
  places: readonly Place[];
  uid: number;
  box: SearchBox;
  /** Opens the card of a settlement. */
  open(target: Target): void;
}
const CLOSE_ENOUGH = 10.5;

export function createSearch({ camera, viewport, store, language, places, uid, box, open }: Deps): void {
  const { field } = box;
  const id = `atlas${uid}-places`;
  const list = h("ul", { id, class: "atlas-found", role: "listbox", hidden: true });
  const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  box.node.append(list);
  let find: ReturnType<typeof createFinder> | null = null;
  let found: Hit[] = [];
  let chosen = -1;

  const shut = () => {
    list.hidden = true;
    chosen = -1;
    flag(field, "aria-expanded", "false");
    flag(field, "aria-activedescendant", null);
  };
  const go = ({ place }: Hit) => {
    shut();
    field.value = language.name(place.names);
    // The card may open the drawer, which fits the view: go there after it.
    open({ place: place.id });
    viewport.goTo([place.lat, place.lon], Math.max(camera.zoom(), CLOSE_ENOUGH));
  };
  const option = (hit: Hit, number: number) => {
    const name = language.name(hit.place.names);
    const press = (event: Event) => {
      event.preventDefault();
      go(hit);
    };
    const attributes = {
      id: `${id}-${number}`,
      role: "option",
      "aria-selected": String(number === chosen),
      onmousedown: press,
    };
    return h("li", attributes, name, name.includes(hit.form) ? "" : ` (${hit.form})`);
  };
  const draw = () => {
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    flag(field, "aria-expanded", String(Boolean(found.length)));
    flag(field, "aria-activedescendant", chosen < 0 ? null : `${id}-${chosen}`);
  };
  const look = () => {
    find ??= createFinder(places);
    [found, chosen] = [find(field.value), -1];
    draw();
  };
  const step = (by: number) => {
    const from = Math.max(chosen, by > 0 ? -1 : 0);
    chosen = found.length ? (from + by + found.length) % found.length : -1;
    draw();
  };
  field.addEventListener("input", look);
  field.addEventListener("blur", shut);
  field.addEventListener("keydown", (press) => {
    const hit = list.hidden ? undefined : found[Math.max(chosen, 0)];
    if (press.key === "ArrowDown") step(1);
    else if (press.key === "ArrowUp") step(-1);
    else if (press.key === "Enter" && hit) go(hit);
    else if (press.key === "Escape") shut();
    if (press.key.startsWith("Arrow")) press.preventDefault();
  });
  store.follow(["lang"], () => flag(list, "aria-label", language.t("Places found")));
  // What was typed while this was on its way.
  if (field.value) look();
}
