// What the page needs of the map after the first paint (dist/late.js): the parts that come late, and what ties the map to
// the page around it: the address, the story, the ways into panels, reports to Python.

import { CARD_OPENED } from "./actions.ts";
import { createAddress } from "./address.ts";
import type { App } from "./app.ts";
import { createCallouts } from "./callouts.ts";
import { h } from "./dom.ts";
import type { Tell } from "./living_map.ts";
import type { Component } from "./page.ts";
import { type PageState, pairs, readPage, showPage } from "./page_state.ts";
import { DROPPED, onDrop } from "./points_drop.ts";
import { createShare } from "./share.ts";
import { createStory, type Steps, type Story } from "./story_scroll.ts";

export { createLateParts } from "./late.ts";

export interface PageLink {
  /** Shows what the address asked for at first, unless the reader has opened something since. */
  begin(page: PageState): void;
  /** Follows a rerun of the page; `moved` when Python wants the map elsewhere. */
  follow(component: Component, moved: boolean): void;
}

export function createLink(root: HTMLElement, app: App, tell: Tell): PageLink {
  let panel = "start";
  const share = createShare(root, app);
  const story = createStoryKeeper(app);
  const address = createAddress(app.schema, Object.keys(app.store.state));
  followAddress(app, story);
  judgeOnEnter();
  closeWithCard(root);
  let open: (panel: string) => void = () => {};
  onDrop(root, (file) => {
    window.atlasDropped = file;
    window.dispatchEvent(new Event(DROPPED));
    if (panel !== "points") open("points");
  });
  // Streamlit's page says it is English.
  app.store.follow(["lang"], ({ lang }) => {
    document.documentElement.lang = lang;
  });
  return {
    begin: (page) => {
      if (!pairs(readPage(app, null)).length) showPage(app, page);
    },
    follow: ({ data, setStateValue, setTriggerValue }, moved) => {
      ({ panel } = data);
      open = (asked) => setTriggerValue("open", asked);
      share.onPanel((asked, part) => {
        setTriggerValue("open", asked);
        if (part) void bring(part);
      });
      tell(({ origin, ...report }) => {
        const page = readPage(app, story.step());
        address.write(report.state, page, panel, origin);
        setStateValue("report", { ...report, page });
      });
      if (moved) showPage(app, data.page);
      // Beside the open drawer the story is not to be seen.
      if (moved && data.steps && !data.page.card) shutDrawer(root);
      story.follow(data.steps, data.page.step ?? null, moved);
    },
  };
}

/** Brings a part of a panel into sight: again and again, until Streamlit has drawn what is above it. */
async function bring(part: string): Promise<void> {
  const end = performance.now() + 10_000;
  for (let still = 0; still < 30 && performance.now() < end; still += 1) {
    const node = document.querySelector(`.st-key-${part}`);
    const before = node?.getBoundingClientRect().top;
    node?.scrollIntoView();
    if (!node || node.getBoundingClientRect().top !== before) still = 0;
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** Streamlit judges a typed date when focus goes to something else; Enter makes it go and come back, so that it counts too. */
function judgeOnEnter(): void {
  const aside = h("span", { tabindex: "-1" });
  const judge = ({ key, target }: KeyboardEvent) => {
    if (key !== "Enter" || !(target instanceof HTMLElement)) return;
    if (!target.matches('[data-testid="stDateInput"] [role="spinbutton"]')) return;
    document.body.append(aside);
    aside.focus({ preventScroll: true });
    setTimeout(() => {
      target.focus({ preventScroll: true });
      aside.remove();
    });
  };
  // Before the box, which keeps its keys to itself.
  document.addEventListener("keydown", judge, { capture: true });
}

/** The story runs while its panel is open. */
function createStoryKeeper(app: App) {
  let story: Story | null = null;
  const callouts = createCallouts(app);
  return {
    step: () => story?.step() ?? null,
    goTo: (step: string) => story?.goTo(step),
    follow: (steps: Steps | null, step: string | null, moved: boolean) => {
      if (!steps) {
        story?.end();
        story = null;
      } else if (!story) story = createStory(app, callouts, steps, step);
      else if (moved && step && step !== story.step()) story.goTo(step);
    },
  };
}

/** A card has one cross (css/side.css): where the card opened the drawer, it closes the drawer too. */
function closeWithCard(root: HTMLElement): void {
  const isOpen = () => root.classList.contains("is-side-open");
  let byCard = false;
  // Before the drawer hears of it.
  const opens = () => {
    if (!isOpen()) byCard = true;
  };
  root.addEventListener(CARD_OPENED, opens, { capture: true });
  root.addEventListener("click", ({ target }) => {
    const pressed = target as Element;
    if (pressed.closest(".atlas-side-open, .atlas-side-close")) byCard = false;
    else if (byCard && pressed.closest(".atlas-close")) shutDrawer(root);
  });
}

function shutDrawer(root: HTMLElement): void {
  if (root.classList.contains("is-side-open")) root.querySelector<HTMLElement>(".atlas-side-close")?.click();
}

/** Keeps the map with the address when the reader goes back, and the address with what changes no state. */
function followAddress(app: App, story: { goTo(step: string): void }): void {
  window.addEventListener("popstate", () => {
    const query = Object.fromEntries(new URLSearchParams(window.location.search));
    app.accept(app.schema.parse(query)[0], []);
    showPage(app, query);
    if (query.step) story.goTo(query.step);
  });
  // Opening a card, choosing a tab and laying out two days change no state, but the address.
  let known = JSON.stringify({});
  const look = () => {
    const next = JSON.stringify(readPage(app, null));
    if (next !== known) app.store.rest();
    known = next;
  };
  for (const event of ["click", "keyup", CARD_OPENED])
    app.map.camera.box.closest(".atlas")?.addEventListener(event, () => setTimeout(look));
  look();
}
