// Where the map looks: follows the state's view, and tells the state when the reader moves the map.

import type { State } from "./contract.ts";
import type { Margins } from "./covered.ts";
import { calm } from "./dom.ts";
import type { Rectangle } from "./free_fit.ts";
import type { LatLng } from "./payload.ts";
import type { Store } from "./store.ts";
import { type Camera, type Ground, union } from "./view.ts";

export interface Viewport {
  /** Shows the whole area, and forgets the reader's own view. */
  home(): void;
  /** Takes over a changed size of the map's box. */
  resize(): void;
  /**
   * What the map shows while the reader has no view of his own: what `look` finds for the size that the map has then, or the
   * whole area (null). It goes there in a short flight.
   */
  frameBy(look: Look | null): void;
  /** Left, top, right and bottom of what nothing lies over, in pixels of the map's box. */
  free(): Rectangle;
  /** Zooms in or out about the middle of what is free. */
  zoomBy(steps: number): void;
  /** Brings a place that the reader asked for to the middle of what is free. */
  goTo(place: LatLng, zoom: number): void;
}
/** A place and zoom; null for the whole area. */
export type Look = () => [LatLng, number] | null;
/** Margins that keep clear of what lies over the map. */
type Covered = () => Margins;

/** `framing` names the layers whose box is the whole area. */
export function createViewport(
  camera: Camera,
  ground: Ground,
  store: Store,
  framing: readonly string[],
  covered: Covered,
): Viewport {
  // A move that is not the reader's leaves the state's view alone; Leaflet reports some of them only later.
  let moving = false;
  let flying = false;
  let rest = "";
  const where = (): NonNullable<State["view"]> => {
    const [lat, lng] = camera.center();
    return [Number(lat.toFixed(4)), Number(lng.toFixed(4)), Number(camera.zoom().toFixed(2))];
  };
  const still = (move: () => void) => {
    moving = true;
    move();
    moving = false;
    rest = String(where());
  };
  const whole = () => {
    const framed = union(framing.flatMap((id) => ground.layers.get(id)?.items.map((item) => item.bounds()) ?? []));
    const { left, top, right, bottom } = covered();
    if (framed) camera.fit(framed, { topLeft: [left, top], bottomRight: [right, bottom] });
  };
  let frame: Look | null = null;
  const framed = (fly: boolean) => {
    const found = frame?.();
    if (!found) whole();
    else if (fly) camera.fly(...found, !calm());
    else camera.set(...found);
  };
  const look = (view: State["view"]) => still(() => (view ? camera.set([view[0], view[1]], view[2]) : framed(false)));

  store.subscribe("paint", ["view"], ({ view }, _changed, _before, origin) => {
    if (origin !== "map") look(view);
  });
  // A flight is not the reader's move, until he takes over.
  const stage = camera.box.parentElement ?? camera.box;
  const land = () => {
    flying = false;
  };
  for (const input of ["pointerdown", "wheel", "keydown"])
    stage.addEventListener(input, land, { capture: true, passive: true });
  camera.on("moveend", () => {
    const view = where();
    if (flying) rest = String(view);
    if (moving || String(view) === rest) return;
    rest = "";
    store.dispatch({ view }, "map");
  });
  return {
    home: () => {
      frame = null;
      store.dispatch({ view: null });
      look(null);
    },
    frameBy: (look) => {
      if (!look && !frame) return;
      frame = look;
      store.dispatch({ view: null }, "map");
      if (look && !calm()) {
        // A flight that this one ends reports its own end first.
        flying = true;
        framed(true);
      } else still(() => framed(false));
    },
    resize: () => {
      still(() => {
        camera.resize();
        if (!store.state.view) framed(false);
      });
    },
    ...createFree(camera, covered),
  };
}

/** What looks at the part of the map that is free. */
function createFree(camera: Camera, covered: Covered): Pick<Viewport, "free" | "zoomBy" | "goTo"> {
  const free = (): Rectangle => {
    const { left, top, right, bottom } = covered();
    const [width, height] = camera.size();
    return [left, top, width - right, height - bottom];
  };
  const middle = (): [number, number] => {
    const [left, top, right, bottom] = free();
    return [(left + right) / 2, (top + bottom) / 2];
  };
  return {
    free,
    zoomBy: (steps) => camera.zoomBy(steps, middle()),
    goTo: (place, zoom) => {
      const [width, height] = camera.size();
      const [x, y] = middle();
      camera.fly(camera.beside(place, zoom, [width / 2 - x, height / 2 - y]), zoom, !calm());
    },
  };
}
