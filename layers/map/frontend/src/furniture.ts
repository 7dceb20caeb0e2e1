// Furniture of the map: zoom, full screen, scale bar, coordinates, credits.

import { flag, h, label, write } from "./dom.ts";
import { addIcon, fullScreenIcon, icon, measureIcon, removeIcon, wholeIcon } from "./icons.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import { toolbar } from "./toolbar.ts";
import type { Camera } from "./view.ts";
import type { Viewport } from "./viewport.ts";

interface Deps {
  camera: Camera;
  viewport: Viewport;
  store: Store;
  language: Language;
  texts: Pick<Texts, "credits">;
  root: HTMLElement;
  stage: HTMLElement;
}
export interface Furniture {
  credits: HTMLElement;
  /** The button that starts and ends measuring. */
  measure: HTMLButtonElement;
  /** Adds a credit that is owed only now, such as a basemap's; "" takes it back. */
  credit(other: string): void;
}
/** The sizes that a scale bar may have, times a power of ten. */
const ROUND = [1, 2, 5];
const SCALE_PX = 100;

export function createFurniture({ camera, viewport, store, language, texts, root, stage }: Deps): Furniture {
  const tool = (path: string, act?: () => void) =>
    h("button", { type: "button", class: "atlas-tool", onclick: act }, icon(path));
  const buttons = {
    in: tool(addIcon, () => viewport.zoomBy(1)),
    out: tool(removeIcon, () => viewport.zoomBy(-1)),
    whole: tool(wholeIcon, viewport.home),
    measure: tool(measureIcon),
    full: tool(fullScreenIcon, () =>
      document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.(),
    ),
  };
  buttons.measure.dataset.tool = "measure";
  buttons.full.hidden = !document.fullscreenEnabled;
  const length = h("span");
  const bar = h("i");
  const where = h("output", { class: "atlas-where" });
  const credits = h("p", { class: "atlas-credits" });
  const scale = h("div", { class: "atlas-scale", "aria-hidden": "true" }, length, bar);
  const tools = toolbar("atlas-tools", Object.values(buttons));
  stage.append(tools, h("div", { class: "atlas-foot" }, where, scale));

  const drawScale = () => {
    const metres = camera.metresPerPixel() * SCALE_PX;
    if (!metres) return;
    const power = 10 ** Math.floor(Math.log10(metres));
    const round = power * (ROUND.findLast((step) => step * power <= metres) ?? 1);
    bar.style.width = `${Math.round((SCALE_PX * round) / metres)}px`;
    write(length, language.length(round));
  };
  camera.on("zoomend moveend resize", drawScale);
  camera.onPointer(([lat, lng]) => {
    where.textContent = language.position([lat, lng]);
  });
  drawScale();

  let owed = "";
  const credit = (other = owed) => {
    owed = other;
    write(credits, ["Leaflet", language.t(texts.credits), owed].filter(Boolean).join(" · "));
  };

  store.subscribe("settle", ["lang"], () => {
    const { t } = language;
    credit();
    drawScale();
    flag(tools, "aria-label", t("Map controls"));
    label(buttons.in, t("Zoom in"));
    label(buttons.out, t("Zoom out"));
    label(buttons.whole, t("Whole area"));
    label(buttons.measure, t("Measure"));
    label(buttons.full, t("Full screen"));
  });
  return { credits, credit, measure: buttons.measure };
}
