// Measuring: the length along points, pressed on the map or set with Enter under the cross in its middle.

import { flag, h, write } from "./dom.ts";
import { geodesic } from "./geometry.ts";
import type { Language } from "./language.ts";
import type { LatLng } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";

interface Deps {
  camera: Camera;
  store: Store;
  language: Language;
  root: HTMLElement;
  stage: HTMLElement;
  /** The button that starts and ends it. */
  button: HTMLButtonElement;
  say(sentence: string): void;
}
export interface Measure {
  /** Starts measuring, or ends it. */
  toggle(): void;
  /** Takes a press on the map; false where nothing is being measured. */
  press(place: LatLng): boolean;
}
const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function createMeasure({ camera, store, language, root, stage, button, say }: Deps): Measure {
  const small = (act: () => void) => h("button", { type: "button", class: "atlas-small", onclick: act });
  const length = h("output", { class: "atlas-length" });
  const hint = h("p", { class: "atlas-hint" });
  const [undo, done] = [small(() => take()), small(() => stop())];
  const node = h("div", { class: "atlas-measure", role: "group" }, length, undo, done, hint);
  let points: LatLng[] = [];
  let path: ReturnType<Camera["path"]> | null = null;

  const draw = () => {
    const { t, number } = language;
    const metres = points.reduce((sum, point, i) => sum + (i ? geodesic(points[i - 1] ?? point, point) : 0), 0);
    path?.draw(points);
    write(length, metres < 10_000 ? t("{n} m", { n: number(metres) }) : language.length(metres, 2));
    say(t("{n} points, {length}", { n: points.length, length: length.textContent ?? "" }));
  };
  const add = (point: LatLng) => {
    if (String(points.at(-1)) === String(point)) return;
    points.push(point);
    draw();
  };
  const take = () => {
    points.pop();
    draw();
  };
  const keys = keysOf(camera, { add, take, stop: () => stop() });
  const start = () => {
    points = [];
    path = camera.path();
    camera.allow("double-click-zoom", false);
    root.classList.add("is-measuring");
    root.addEventListener("keydown", keys, true);
    stage.append(node);
    camera.box.tabIndex = 0;
    camera.box.focus({ preventScroll: true });
    draw();
  };
  const stop = () => {
    path?.remove();
    path = null;
    camera.allow("double-click-zoom", true);
    root.classList.remove("is-measuring");
    root.removeEventListener("keydown", keys, true);
    node.remove();
    camera.box.removeAttribute("tabindex");
    button.focus({ preventScroll: true });
  };
  store.follow(["lang"], () => {
    const { t } = language;
    flag(node, "aria-label", t("Measure"));
    write(undo, t("Undo"));
    write(done, t("Done"));
    write(hint, t("Press on the map, or move it with the arrow keys and press Enter. Escape ends."));
    if (path) draw();
  });
  return {
    toggle: () => (path ? stop() : start()),
    press: (place) => {
      if (path) add(place);
      return Boolean(path);
    },
  };
}

/** Arrows move the map under the cross, Enter sets a point, Backspace takes the last one back, Escape ends. */
function keysOf(camera: Camera, act: { add(point: LatLng): void; take(): void; stop(): void }) {
  return (press: KeyboardEvent) => {
    const way = WAYS[press.key];
    const step = press.shiftKey ? 4 : 40;
    if (press.key === "Escape") act.stop();
    else if (press.target !== camera.box) return;
    else if (way) camera.panBy(way[0] * step, way[1] * step);
    else if (press.key === "Enter" || press.key === " ") act.add(camera.center());
    else if (press.key === "Backspace") act.take();
    else return;
    press.preventDefault();
    press.stopPropagation();
  };
}
