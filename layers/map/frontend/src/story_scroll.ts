// The story by scrolling: Python writes each step as a card (panels/story.py); the card in sight moves the map. Nothing
// waits for the server.

import type { App } from "./app.ts";
import type { Callouts } from "./callouts.ts";
import type { Day, State, Wish } from "./contract.ts";
import { calm, flag, h, label, write } from "./dom.ts";
import { icon, nextIcon, previousIcon } from "./icons.ts";
import { followKeys } from "./story_keys.ts";
import { viewOf } from "./story_view.ts";

/**
 * What the map shows at a step, by the step's id in the order of the story: `ground` names the layers that it tells of and
 * the map fits, unless the record gives a view; `events` are told at their places.
 */
export type Steps = Record<
  string,
  Wish & { on: Day; layers: string[]; ground: string[]; view: State["view"]; events: string[] }
>;
export interface Story {
  /** Id of the step in sight, while the map shows its day. */
  step(): string | null;
  /** Brings a step's card into sight. */
  goTo(id: string): void;
  end(): void;
}
const NARROW_PX = 700;
/** Beside the cards, an open legend needs so many pixels, across and down. */
const ROOMY_PX = [760, 780] as const;
/** Room above a card that is taller than its column. */
const ABOVE_PX = 24;
/** The line that a card has to cross, as a share of the column's height. */
const LINE = { wide: 0.55, narrow: 0.5 };

const column = () => document.querySelector<HTMLElement>(".st-key-atlas-sheet");
const cardOf = (id: string) => document.querySelector<HTMLElement>(`.st-key-atlas-step-${CSS.escape(id)}`);
const narrow = () => window.innerWidth <= NARROW_PX;

/** Printed, the cards stand below each other, many in sight at once. */
const onPaper = () => window.matchMedia("print").matches;
/** Whether another panel is being drawn in the column: its head comes first, and moves the cards that are there still. */
const isLeft = () => document.querySelector(".st-key-atlas-dock-head") !== null;

/** Waits until Streamlit has drawn all cards; null when that is called off. */
async function drawn(ids: readonly string[], wanted: () => boolean): Promise<HTMLElement | null> {
  for (;;) {
    const box = column();
    if (!wanted()) return null;
    if (box && ids.every(cardOf)) return box;
    await new Promise((done) => requestAnimationFrame(done));
  }
}

export function createStory(app: App, callouts: Callouts, steps: Steps, begin: string | null): Story {
  const ids = Object.keys(steps);
  let now: string | null = null;
  let watch: IntersectionObserver | null = null;
  let alive = true;
  let away = false;
  const root = app.map.camera.box.closest(".atlas");
  // The cards pass over the one, the way on lies over the other: no name is written there.
  const covers = ["atlas-cover", "atlas-cover is-nav"].map((name) => h("div", { class: name }));
  const nav = createNav(app, ids, (id) => goTo(id));
  const strayed = () => now !== null && isElsewhere(app.store.state, steps[now]);
  // A step speaks of its own day: what it writes on the map goes, and its card says so, while the map shows another.
  const tell = () => {
    away = strayed();
    for (const one of ids) {
      cardOf(one)?.toggleAttribute("data-current", one === now && !away);
      cardOf(one)?.setAttribute("data-away", one === now && away ? app.language.t("The map shows another day") : "");
    }
    nav.show(now, away);
    const step = away || now === null ? undefined : steps[now];
    callouts.show(step?.events ?? [], step?.on ?? "");
  };
  const reach = (id: string) => {
    now = id;
    moveMap(app, steps[id]);
    tell();
  };
  const goTo = (id: string) => {
    if (!(id in steps)) return;
    // The card of a step that the map has left is in sight already.
    if (id === now && strayed()) reach(id);
    scrollTo(id, true);
  };
  const unheed = followCovers(root, () => {
    const step = now === null || strayed() || app.store.state.view ? undefined : steps[now];
    if (step) app.viewport.frameBy(() => viewOf(app, step));
  });
  const unfollow = app.store.subscribe("settle", ["on", "from"], () => {
    if (away === strayed()) return;
    // A map that plays does not come to rest: the address leaves the step at once.
    if (!away) app.store.rest();
    tell();
  });
  const ends = [nav.end, unheed, unfollow];
  void drawn(ids, () => alive).then((box) => {
    if (!box) return;
    box.tabIndex = 0;
    flag(box, "aria-label", app.language.t("The story"));
    box.after(nav.node);
    root?.append(...covers);
    makeRoom(root, box);
    app.map.labels.draw();
    if (begin && begin in steps) scrollTo(begin, false);
    else box.scrollTop = 0;
    ends.push(followKeys({ box, buttons: nav.node, ids, cardOf, now: () => now, goTo, language: app.language }));
    watch = watchCards(box, ids, (id) => id !== now && !isLeft() && !onPaper() && reach(id));
    nav.show(now, strayed());
  });
  return {
    step: () => (strayed() ? null : now),
    goTo,
    end: () => {
      alive = false;
      watch?.disconnect();
      for (const end of ends) end();
      for (const one of covers) one.remove();
      callouts.show([], "");
      app.viewport.frameBy(null);
    },
  };
}

/** The title and the legend grow and shrink with what they say, and the ground fills what they leave free. */
function followCovers(root: Element | null, changed: () => void): () => void {
  const watch = new ResizeObserver(changed);
  for (const over of root?.querySelectorAll(".atlas-head, .atlas-legend") ?? []) watch.observe(over);
  return () => watch.disconnect();
}

/** Brings a card into sight: its middle to that of the column, or its top where it is taller. */
function scrollTo(id: string, smooth: boolean): void {
  const card = cardOf(id);
  const tall = (card?.offsetHeight ?? 0) + ABOVE_PX > (column()?.clientHeight ?? 0);
  card?.scrollIntoView({
    block: narrow() || tall ? "start" : "center",
    behavior: smooth && !calm() ? "smooth" : "auto",
  });
}

/** Shuts the legend where the cards leave no room for it. */
function makeRoom(root: Element | null, box: HTMLElement): void {
  const legend = root?.querySelector<HTMLDetailsElement>(".atlas-legend");
  const [across, down] = ROOMY_PX;
  const cramped = window.innerWidth - box.clientWidth < across || window.innerHeight < down;
  if (legend && !narrow() && cramped) legend.open = false;
}

/** Tells which step's card crosses the line. */
function watchCards(box: HTMLElement, ids: readonly string[], reach: (id: string) => void): IntersectionObserver {
  const line = narrow() ? LINE.narrow : LINE.wide;
  const watch = new IntersectionObserver(
    (seen) => {
      for (const { target, isIntersecting } of seen) {
        const id = ids.find((one) => cardOf(one) === target);
        if (isIntersecting && id) reach(id);
      }
    },
    { root: box, rootMargin: `${-100 * line}% 0px ${-100 * (1 - line) + 0.5}% 0px` },
  );
  for (const id of ids) watch.observe(cardOf(id) as HTMLElement);
  return watch;
}

/** Whether the map shows other days than a step speaks of. */
const isElsewhere = ({ on, from }: State, step: Steps[string] | undefined): boolean =>
  step !== undefined && (on !== step.on || from !== (step.from ?? null));

/** Back and next, and which step it is of how many, or the way back to it; Alt+B and Alt+N go back and on too. */
function createNav({ language: { t } }: App, ids: readonly string[], go: (id: string) => void) {
  let now = -1;
  const by = (count: number) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, now + count))];
    if (id) go(id);
  };
  const [back, next] = [previousIcon, nextIcon].map((path) => h("button", { type: "button" }, icon(path))) as [
    HTMLButtonElement,
    HTMLButtonElement,
  ];
  const where = h("span", { role: "status" });
  const again = h("button", { type: "button", class: "atlas-story-again", hidden: true, onclick: () => by(0) });
  back.addEventListener("click", () => now > 0 && by(-1));
  next.addEventListener("click", () => now < ids.length - 1 && by(1));
  label(back, t("Back"));
  label(next, t("Next"));
  const node = h("nav", { class: "atlas-story-nav", "aria-label": t("The story") }, back, where, again, next);
  const keys = (press: KeyboardEvent) => {
    const count = press.altKey ? { KeyN: 1, KeyB: -1 }[press.code] : undefined;
    if (!count) return;
    press.preventDefault();
    by(count);
  };
  document.addEventListener("keydown", keys);
  return {
    node,
    show: (id: string | null, away: boolean) => {
      now = id === null ? -1 : ids.indexOf(id);
      // A disabled button would lose the focus.
      flag(back, "aria-disabled", String(now <= 0));
      flag(next, "aria-disabled", String(now === ids.length - 1));
      again.hidden = !away;
      write(again, t("Back to step {n}", { n: now + 1 }));
      flag(node, "data-begun", now < 0 ? null : "");
      const all = ids.length;
      const step = now < 0 ? t("Steps: {all}", { all }) : t("Step {n} of {all}", { n: now + 1, all });
      write(where, away ? t("The map shows another day") : step);
    },
    end: () => {
      document.removeEventListener("keydown", keys);
      node.remove();
    },
  };
}

/** Days, layers and clause at once; the view in 0.8 s, or without motion where the reader asked for that. */
function moveMap(app: App, step: Steps[string] | undefined): void {
  if (!step) return;
  const { ask, store, viewport } = app;
  const { view: _view, ground: _ground, events: _told, ...rest } = step;
  // Relief stays as it is: it says nothing of the agreement.
  const relief = store.state.layers.filter((id) => id === "relief");
  ask({ ...rest, layers: [...rest.layers, ...relief] });
  viewport.frameBy(() => viewOf(app, step));
}
