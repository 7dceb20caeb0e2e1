// The story by keyboard: arrows and Page Down go on from step to step, Tab goes from card to card, and the map follows both.

import { flag } from "./dom.ts";
import type { Language } from "./language.ts";

interface Deps {
  /** The column that holds the cards. */
  box: HTMLElement;
  /** The step buttons beside it. */
  buttons: HTMLElement;
  ids: readonly string[];
  cardOf(id: string): HTMLElement | null;
  /** Id of the step in sight; null before the first. */
  now(): string | null;
  goTo(id: string): void;
  language: Language;
}
/** How far a key scrolls a card that is taller than the column, in pixels or as a share of the column's height. */
const LINE_PX = 60;
const PAGE = 0.85;
const KEYS: Record<string, { by: 1 | -1; long?: boolean; across?: boolean }> = {
  ArrowDown: { by: 1 },
  ArrowUp: { by: -1 },
  PageDown: { by: 1, long: true },
  PageUp: { by: -1, long: true },
  ArrowRight: { by: 1, across: true },
  ArrowLeft: { by: -1, across: true },
};
/** What has a use of its own for these keys. */
const OWN = "input, textarea, select, [contenteditable], [role=radio], [role=slider], [role=combobox], [role=tab]";

/** Follows the keys until it is ended. */
export function followKeys({ box, buttons, ids, cardOf, now, goTo, language }: Deps): () => void {
  const ended = new AbortController();
  for (const [i, id] of ids.entries()) {
    const card = cardOf(id);
    if (!card) continue;
    card.tabIndex = 0;
    flag(card, "role", "group");
    flag(card, "aria-label", language.t("Step {n} of {all}", { n: i + 1, all: ids.length }));
  }
  const press = (event: KeyboardEvent) => {
    const key = KEYS[event.key];
    const from = event.target as HTMLElement;
    // A step button has the focus once it was pressed, and keeps it: Enter and Space go on by it.
    const beside = buttons.contains(from);
    // What nobody has the focus of is meant for the story; the map and Streamlit's own controls keep their keys.
    const ours = from === document.body || box.contains(from) || beside;
    if (!key || !ours || from.matches(OWN) || isHeld(event)) return;
    event.preventDefault();
    const at = now() === null ? -1 : ids.indexOf(now() as string);
    const card = cardOf(ids[at] ?? "");
    const left = key.across || !card ? 0 : rest(box, card, key.by);
    const next = ids[at + key.by];
    if (left > 1) box.scrollBy(0, key.by * Math.min(left, key.long ? PAGE * box.clientHeight : LINE_PX));
    else if (next) {
      goTo(next);
      // The focus goes along, so that Tab goes on from here.
      if (!beside) cardOf(next)?.focus({ preventScroll: true });
    } else if (key.by < 0) box.scrollTo(0, 0);
  };
  const focus = ({ target }: FocusEvent) => {
    const node = target as HTMLElement;
    const id = ids.find((one) => cardOf(one)?.contains(node));
    const card = cardOf(id ?? "");
    if (!id || !card || id === now() || !node.matches(":focus-visible")) return;
    // What has the focus in a tall card stays in sight itself.
    if (node !== card && card.offsetHeight > box.clientHeight) node.scrollIntoView({ block: "center" });
    else goTo(id);
  };
  document.addEventListener("keydown", press, { signal: ended.signal });
  box.addEventListener("focusin", focus, { signal: ended.signal });
  return () => ended.abort();
}

const isHeld = ({ altKey, ctrlKey, metaKey, shiftKey, defaultPrevented }: KeyboardEvent): boolean =>
  altKey || ctrlKey || metaKey || shiftKey || defaultPrevented;

/** How many pixels of a card taller than its column are out of sight in a direction. */
function rest(box: HTMLElement, card: HTMLElement, by: 1 | -1): number {
  const [frame, own] = [box.getBoundingClientRect(), card.getBoundingClientRect()];
  if (own.height <= frame.height) return 0;
  return by > 0 ? own.bottom - frame.bottom : frame.top - own.top;
}
