// The mark of an open card on the map: what it is about, and a ring at the place; a card that opens covers neither.

import type { Target } from "./actions.ts";
import type { EventPoints } from "./events.ts";
import type { LatLng, Texts } from "./payload.ts";
import type { MapShapes } from "./shapes.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";
import type { Viewport } from "./viewport.ts";

interface Deps {
  camera: Camera;
  viewport: Pick<Viewport, "free">;
  store: Store;
  shapes: Pick<MapShapes, "mark">;
  events: EventPoints;
  texts: Pick<Texts, "places">;
}
/** Room around the middle of the ring, where the map has so much. */
const ROOM_PX = 44;

/** Marks what a card is about, or nothing; `opened` by the reader, the map moves as far as the mark needs. */
export function createMark({ camera, viewport, store, shapes, events, texts }: Deps) {
  let unring = () => {};
  const placeOf = ({ at, place, event }: Target): LatLng | null => {
    if (at) return at;
    const found =
      texts.places.find(({ id }) => id === place) ??
      (event && events.shown().find(({ node }) => node.dataset.event === event)?.place);
    return found ? [found.lat, found.lon] : null;
  };
  return (target: Target | null, opened = false): void => {
    shapes.mark(target);
    unring();
    const place = target && placeOf(target);
    unring = place ? camera.ring(place) : () => {};
    if (place && opened) bringIntoSight(camera, store, viewport.free(), place);
  };
}

/** Moves the map by no more than it takes; one that shows the whole area goes back to it when the card is closed. */
function bringIntoSight(
  camera: Camera,
  store: Store,
  [left, top, right, bottom]: readonly number[],
  place: LatLng,
): void {
  const [x, y] = camera.pixel(place);
  const frame = camera.frame();
  const by = [off(x - frame.left, left, right), off(y - frame.top, top, bottom)] as [number, number];
  if (!by[0] && !by[1]) return;
  const { view } = store.state;
  camera.panBy(...by);
  // The move is told as the reader's.
  if (!view) store.dispatch({ view }, "map");
}

/** How far a number lies outside a range that keeps some room at its ends. */
function off(value: number, low = 0, high = 0): number {
  const room = Math.min(ROOM_PX, (high - low) / 2);
  return value - Math.max(low + room, Math.min(high - room, value));
}
