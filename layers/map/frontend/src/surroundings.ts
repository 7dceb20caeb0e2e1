// What comes from around the map: the window's address and messages, fingers, size, paper.

import type { App } from "./app.ts";
import type { AskMessage, State, StateMessage, Wish } from "./contract.ts";
import type { Camera } from "./view.ts";
import type { Viewport } from "./viewport.ts";

/** Ends what a part has begun. */
export type End = () => void;

/** Calls a listener until it is ended. */
function listen(target: EventTarget, event: string, listener: (event: never) => void): End {
  target.addEventListener(event, listener as EventListener);
  return () => target.removeEventListener(event, listener as EventListener);
}

/** What connects a map with the window that it owns. */
export type Surrounding = (app: Pick<App, "store" | "schema" | "ask" | "accept">) => End;

/** The address of a document that owns its window: one entry a rest, and Back goes back. */
export const keepAddress: Surrounding = ({ store, schema, accept }) => {
  let written = window.location.hash.slice(1);
  const withoutView = (hash: string) => hash.replace(/&?view=[^&]*/, "");
  store.subscribe("rest", null, (state) => {
    const hash = schema.toHash(state);
    if (hash === written) return;
    const onlyView = withoutView(hash) === withoutView(written);
    written = hash;
    try {
      window.history[onlyView ? "replaceState" : "pushState"](null, "", `#${hash}`);
    } catch (refused) {
      // A frame without an address of its own does without one.
      if (!(refused instanceof DOMException && refused.name === "SecurityError")) throw refused;
    }
  });
  return listen(window, "popstate", () => {
    written = window.location.hash.slice(1);
    accept(...schema.fromHash(written));
  });
};

/** Messages to and from the page that embeds the document, through the same schema. */
export const talkToParent: Surrounding = ({ store, schema, ask }) => {
  const { parent } = window;
  if (parent === window) return () => {};
  const tell = (state: State) => {
    const message: StateMessage = { type: "atlas-state", state, hash: schema.toHash(state) };
    // The page around may be anybody's; what it learns is what its reader sees.
    parent.postMessage(message, "*");
  };
  store.subscribe("rest", null, tell);
  tell(store.state);
  return listen(window, "message", ({ source, data }: MessageEvent<AskMessage | null>) => {
    if (source === parent && data && data.type === "atlas") ask(Object(data.state) as Wish, "host");
  });
};

/** Inside another page one finger scrolls that page and two move the map. */
export function twoFingers(camera: Camera): void {
  const { box } = camera;
  box.classList.add("is-touchable");
  if (!camera.touch) return;
  const fingers = ({ touches }: TouchEvent) => camera.allow("dragging", touches.length > 1);
  box.addEventListener("touchstart", fingers, { capture: true, passive: true });
  box.addEventListener("pointerdown", ({ pointerType }) => pointerType === "mouse" && camera.allow("dragging", true), {
    capture: true,
  });
}

interface Sized {
  camera: Camera;
  viewport: Viewport;
  root: HTMLElement;
  legend: HTMLDetailsElement;
  /** Draws the names again, for paper. */
  names(): void;
}

/** Follows the size of the map's box, and gives the map a size of its own on paper, with the legend open below it. */
export function followSize({ camera, viewport, root, legend, names }: Sized): End {
  const watch = new ResizeObserver(viewport.resize);
  watch.observe(camera.box);
  // The legend grows with its words, which come later.
  const grown = new ResizeObserver(names);
  grown.observe(legend);
  let wasOpen = false;
  const print = (on: boolean) => () => {
    if (on) wasOpen = legend.open;
    legend.open = on || wasOpen;
    root.classList.toggle("is-print", on);
    viewport.resize();
    names();
  };
  const ends = [listen(window, "beforeprint", print(true)), listen(window, "afterprint", print(false))];
  return () => {
    watch.disconnect();
    grown.disconnect();
    for (const end of ends) end();
  };
}
