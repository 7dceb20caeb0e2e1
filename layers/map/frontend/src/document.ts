// The script of the self-contained document: dist/atlas.js. It holds everything, and owns its window's address.

import * as late from "./late.ts";
import type { AtlasHandle } from "./mount.ts";
import { mount } from "./mount.ts";
import type { MountOptions } from "./options.ts";
import { keepAddress, talkToParent } from "./surroundings.ts";

window.atlasMount = (element: HTMLElement, options: MountOptions = {}): AtlasHandle =>
  mount(element, options, async () => late, options.chrome === "document" ? [keepAddress, talkToParent] : []);
