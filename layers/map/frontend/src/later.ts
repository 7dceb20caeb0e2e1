// Waits for the parts that come late (late.ts): fetched when the map has nothing else to do, or when first asked for.

import type { createLateParts, LateParts } from "./late.ts";

/** Gives the module; in the page it is fetched, and fetched again after a failure. */
export type LoadLate = () => Promise<{ createLateParts: typeof createLateParts }>;
export interface Later {
  /** Hands over the parts, now or when they are here. */
  use(then: (parts: LateParts) => void): void;
  /** Resolves once the parts are here, however often they had to be fetched. */
  readonly here: Promise<void>;
  /** The parts, if they are here. */
  readonly parts: LateParts | null;
}

export function createLater(make: () => Promise<LateParts>, failed: () => void): Later {
  let parts: LateParts | null = null;
  let coming: Promise<LateParts> | null = null;
  let arrived = () => {};
  const here = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  return {
    here,
    get parts() {
      return parts;
    },
    use: (then) => {
      if (parts) {
        then(parts);
        return;
      }
      coming ??= make();
      coming.then(
        (made) => {
          parts = made;
          arrived();
          then(made);
        },
        () => {
          coming = null;
          failed();
        },
      );
    },
  };
}
