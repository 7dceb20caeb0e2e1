// Events as points at their places: those of the day, or of the time between two days that are compared.

import type { State } from "./contract.ts";
import { flag } from "./dom.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Place, Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Ground } from "./view.ts";

interface EventItem {
  event: AtlasEvent;
  place: Place;
  node: SVGPathElement;
  shown: boolean;
}
export interface EventPoints {
  /** Those that are seen; none where their layer is off. */
  shown(): EventItem[];
}
interface Deps {
  ground: Ground;
  store: Store;
  language: Language;
  texts: Pick<Texts, "events" | "places">;
}

/** Whether an event is of the day, or happened between the days compared. */
const falls = ({ first, day }: AtlasEvent, { on, from }: State): boolean =>
  from === null ? first <= on && on <= day : from < day && first <= on;

export function createEventPoints({ ground, store, language, texts }: Deps): EventPoints {
  const layer = ground.layers.get("events");
  if (!layer) return { shown: () => [] };
  const places = new Map(texts.places.map((place) => [place.id, place]));
  const at = (event: AtlasEvent) => (event.places ?? []).flatMap((id) => places.get(id) ?? []);
  const items = texts.events.flatMap((event) =>
    at(event).map((place): EventItem => {
      const node = ground.addSymbol([place.lat, place.lon], { ...layer.style, symbol: "circle" }, 6, layer);
      const attributes = { "data-zone": "events", "data-event": event.id, tabindex: "-1", role: "button" };
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
      node.classList.add("is-absent");
      return { event, place, node, shown: false };
    }),
  );
  store.subscribe("paint", ["on", "from", "layers", "clause"], (state) => {
    for (const item of items) {
      const shown = layer.on && falls(item.event, state);
      if (shown !== item.shown) item.node.classList.toggle("is-absent", !shown);
      item.shown = shown;
    }
  });
  const shown = () => items.filter((item) => item.shown);
  store.subscribe("settle", ["on", "from", "layers", "clause", "lang", "names"], () => {
    for (const { node, event, place } of shown())
      flag(node, "aria-label", `${event.title}, ${language.name(place.names)}, ${language.edtf(event.date)}`);
  });
  return { shown };
}
