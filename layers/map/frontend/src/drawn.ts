// The map itself: everything that is drawn and follows the state, without what is around it.

import { keepBands } from "./bands.ts";
import { type Control, createControl } from "./control.ts";
import { createEventPoints, type EventPoints } from "./events.ts";
import { createLabels, type Labels } from "./labels.ts";
import type { Language } from "./language.ts";
import { createView } from "./leaflet.ts";
import { createPatterns, type Patterns } from "./patterns.ts";
import type { AtlasEvent, Texts } from "./payload.ts";
import type { Store } from "./store.ts";
import type { Camera, Ground } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { createZones, type Zones } from "./zones.ts";

export interface DrawnMap {
  ground: Ground;
  camera: Camera;
  patterns: Patterns;
  control: Control;
  zones: Zones;
  events: EventPoints;
  labels: Labels;
}
interface Deps {
  box: HTMLElement;
  root: HTMLElement;
  texts: Texts;
  eventById: ReadonlyMap<string, AtlasEvent>;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  uid: number;
}
/** What lies over the map, where no name may be. */
const FURNITURE =
  ".atlas-head, .atlas-time, .atlas-side, .atlas-side-open, .atlas-tools, .atlas-searchbox, .atlas-legend, .atlas-scale, .atlas-cover";

/** Draws the map into an element; throws where the data are damaged. */
export function drawMap({ box, root, texts, eventById, store, language, vocabulary, uid }: Deps): DrawnMap {
  const { ground, camera } = createView(box);
  for (const [name, look] of Object.entries(texts.styles.base)) root.style.setProperty(`--map-${name}`, look);
  const patterns = createPatterns(ground.defs, ground.controllers, texts.styles, uid);
  const shared = { ground, patterns, store, language, vocabulary, texts };
  const control = createControl({ ...shared, units: texts.units, events: eventById });
  keepBands({ ground, camera });
  const zones = createZones({ ...shared, root });
  const events = createEventPoints(shared);
  // A map without anything around it stands among what is around another.
  const around = root.parentElement?.closest(".atlas") ?? root;
  const furniture = () =>
    [...around.querySelectorAll(FURNITURE)].map((node) => node.getBoundingClientRect()).filter((one) => one.width);
  const labels = createLabels({ camera, store, language, texts, furniture });
  return { ground, camera, patterns, control, zones, events, labels };
}
