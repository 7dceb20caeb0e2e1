// The script of the self-contained document: dist/atlas.js. It holds everything, and owns its window's address.

import { unpack } from "./details.ts";
import * as late from "./late.ts";
import type { AtlasHandle } from "./mount.ts";
import { mount } from "./mount.ts";
import type { MountOptions } from "./options.ts";
import { keepAddress, talkToParent } from "./surroundings.ts";

interface DocumentOptions extends MountOptions {
  /** What cards tell, compressed (gzip), in base64. */
  packedDetails?: string;
  /** Interface words of the other languages, by language, packed likewise. */
  packedWords?: string;
}

window.atlasMount = (
  element: HTMLElement,
  { packedDetails, packedWords, ...options }: DocumentOptions = {},
): AtlasHandle =>
  mount(
    element,
    {
      ...options,
      ...(packedDetails && { details: () => unpack(packedDetails) }),
      ...(packedWords && { laterWords: () => unpack(packedWords) }),
    },
    async () => late,
    options.chrome === "document" ? [keepAddress, talkToParent] : [],
  );
