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
}

window.atlasMount = (element: HTMLElement, { packedDetails, ...options }: DocumentOptions = {}): AtlasHandle =>
  mount(
    element,
    packedDetails ? { ...options, details: () => unpack(packedDetails) } : options,
    async () => late,
    options.chrome === "document" ? [keepAddress, talkToParent] : [],
  );
