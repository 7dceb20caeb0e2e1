// The band around a line between two sides: as wide on the ground as the line's error, on either side of it.

import type { Camera, Ground } from "./view.ts";

/** Narrower than this no band is seen beside the line. */
const LEAST_PX = 5;

/** Keeps the bands as wide as their error at every zoom. */
export function keepBands({ ground, camera }: { ground: Ground; camera: Camera }): void {
  const fit = () => {
    const metres = camera.metresPerPixel();
    if (!metres) return;
    for (const { edge, band } of ground.edges)
      band()?.setAttribute("stroke-width", String(Math.max(LEAST_PX, (2 * edge.accuracy_m) / metres)));
  };
  camera.on("zoomend resize", fit);
  fit();
}
