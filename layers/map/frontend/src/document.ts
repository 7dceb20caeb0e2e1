// The script of the self-contained document: dist/atlas.js. It holds everything, and owns its window's address.

import { unpack } from "./details.ts";
import { createLanguageSwitch } from "./language_switch.ts";
import * as late from "./late.ts";
import type { AtlasHandle } from "./mount.ts";
import { mount } from "./mount.ts";
import type { MountOptions } from "./options.ts";
import type { Texts } from "./payload.ts";
import { takeLists } from "./points_drop.ts";
import { createShare } from "./share.ts";
import { createDrawer, usual } from "./side_drawer.ts";
import { keepAddress, talkToParent } from "./surroundings.ts";

interface DocumentOptions extends MountOptions {
  /** The texts, compressed (gzip), in base64. */
  packedTexts?: string;
  /** What cards tell, and interface words of the other languages by language, packed likewise. */
  packedDetails?: string;
  packedWords?: string;
  /** What differs in the cards, those of events included, by language, packed likewise. */
  packedCards?: Record<string, string>;
  /** What reads a list of the reader's own, packed likewise. */
  packedPoints?: string;
}

window.atlasMount = (
  element: HTMLElement,
  { packedTexts, packedDetails, packedWords, packedCards, packedPoints, ...options }: DocumentOptions = {},
): AtlasHandle => {
  const handle = mount(
    element,
    {
      drawerOpen: usual("start"),
      ...(options.chrome === "document" && { languages: createLanguageSwitch }),
      ...options,
      ...(packedTexts && { bundle: unpack<Texts>(packedTexts) }),
      ...(packedDetails && { details: () => unpack(packedDetails) }),
      cards: async (lang, part) => (part === "cards" ? unpack(packedCards?.[lang] ?? "") : {}),
      ...(packedWords && { laterWords: () => unpack(packedWords) }),
    },
    async () => late,
    options.chrome === "document" ? [keepAddress, talkToParent] : [],
  );
  handle.drawn.then(
    () => {
      const root = element.querySelector<HTMLElement>(".atlas") ?? element;
      createDrawer(root, handle.parts());
      if (options.chrome === "document") createShare(root, handle.parts());
      if (packedPoints) takeLists(root, handle, packedPoints);
    },
    () => {},
  );
  return handle;
};
