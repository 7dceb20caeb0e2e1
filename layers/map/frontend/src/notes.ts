// Words about how sure the map is, on the map itself: "not certain" on ground whose holder is, and the error of a line on
// its band. They stand where the names leave room.

import type { Target } from "./actions.ts";
import { edgeId } from "./card_edge.ts";
import type { Control } from "./control.ts";
import { h } from "./dom.ts";
import { innermost } from "./innermost.ts";
import type { Labels, Sheet } from "./labels.ts";
import type { Language } from "./language.ts";
import type { LatLng, Piece } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera, Ground } from "./view.ts";

interface Deps {
  camera: Camera;
  ground: Ground;
  control: Control;
  labels: Labels;
  store: Store;
  language: Language;
  /** Opens a card. */
  open(target: Target): void;
}
const FONT = "italic 11px";
const TALL = 14;
/** Ground below this (km2) is too small for a word. */
const LEAST_KM2 = 60;
/** A band narrower than this says nothing that the line does not. */
const LEAST_PX = 22;

export function createNotes({ camera, ground, control, labels, language, open }: Deps): void {
  const poles = new Map<Piece, LatLng>();
  const poleOf = (piece: Piece): LatLng => {
    const known = poles.get(piece) ?? innermost(piece.latlngs);
    poles.set(piece, known);
    return known;
  };
  labels.also("after", (sheet) => {
    if (!ground.layers.get("control")?.on) return;
    for (const { piece, span, node } of control.pieces) {
      const isOn = (x: number, y: number) => node.isPointInFill(new DOMPoint(x, y));
      if (!span.certain && piece.km2 > LEAST_KM2)
        write(sheet, language.t("not certain"), camera.pixel(poleOf(piece)), isOn);
    }
    const metres = camera.metresPerPixel();
    const told = new Set<string>();
    for (const edge of control.shownFronts()) {
      if ((2 * edge.accuracy_m) / metres < LEAST_PX) continue;
      const words = `± ${language.length(edge.accuracy_m, 0)}`;
      const line = edge.latlngs[0] ?? [];
      const middle = line[Math.floor(line.length / 2)];
      if (!middle || told.has(words)) continue;
      const press = () => open({ edge: edgeId(edge), at: middle });
      if (write(sheet, words, camera.pixel(middle), () => true, press)) told.add(words);
    }
  });
}

/**
 * Puts words with their middle at a place or near it, where there is room and they are still on what they tell of;
 * `press` is what they do when they are pressed.
 */
function write(
  sheet: Sheet,
  words: string,
  [x, y]: [number, number],
  isOn: (x: number, y: number) => boolean,
  press?: () => void,
): boolean {
  const w = sheet.width(words, FONT) + 4;
  for (const dy of [0, 15, -15, 30, -30]) {
    const [left, top] = [x - w / 2, y + dy - TALL / 2];
    if (!isOn(x, y + dy) || !sheet.free([left, top, left + w, top + TALL])) continue;
    sheet.take([left, top, left + w, top + TALL]);
    const node = h("span", { class: "atlas-note-on-map" }, words);
    if (press) node.classList.add("is-figure");
    // Before the map: the press is not for the ground below.
    if (press)
      node.addEventListener("click", (event) => {
        event.stopPropagation();
        press();
      });
    sheet.put(node, left, top);
    return true;
  }
  return false;
}
