// The relief: a grey picture made once into light and shade that one can see through. Blend modes would do the same, at
// ten times the cost of each step in time.

import type { Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera } from "./view.ts";

/** Grey of level ground in the picture (geodata/build/relief.py). */
const LEVEL = 221;
const SHADE = 0.85;
const LIGHT = 0.5;
/** Over the ground and the zones, under the names. */
const Z_INDEX = 405;

interface Deps {
  camera: Camera;
  store: Store;
  texts: Pick<Texts, "relief_bounds">;
  url: string | null | undefined;
}

/** Shows the relief while its layer is on; it is fetched when that is first so. */
export function createRelief({ camera, store, texts: { relief_bounds: bounds }, url }: Deps): void {
  if (!url || !bounds) return;
  const isOn = () => store.state.layers.includes("relief");
  let made: Promise<(on: boolean) => void> | null = null;
  store.follow(["layers"], () => {
    if (isOn()) made ??= shaded(url).then((canvas) => camera.overlay(canvas, bounds, Z_INDEX));
    // Without the picture the map is whole.
    made?.then((show) => show(isOn())).catch(console.error);
  });
}

async function shaded(url: string): Promise<HTMLCanvasElement> {
  const picture = new Image();
  picture.src = url;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return canvas;
  pen.drawImage(picture, 0, 0);
  const pixels = pen.getImageData(0, 0, width, height);
  const { data } = pixels;
  for (let i = 0; i < data.length; i += 4) {
    const grey = data[i] ?? LEVEL;
    const dark = grey < LEVEL;
    data[i] = data[i + 1] = data[i + 2] = dark ? 24 : 255;
    data[i + 3] = 255 * (dark ? SHADE * (1 - grey / LEVEL) : (LIGHT * (grey - LEVEL)) / (255 - LEVEL));
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}
