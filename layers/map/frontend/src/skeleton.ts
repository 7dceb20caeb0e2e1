// What is around the map: the date and what happened, the note on sovereignty, notices, and what only screen readers hear.

import type { State } from "./contract.ts";
import type { Control } from "./control.ts";
import type { Core } from "./core.ts";
import { type Child, flag, h, label, write } from "./dom.ts";
import { closeIcon, icon } from "./icons.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Schema } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { Notice } from "./state.ts";
import type { Store } from "./store.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Skeleton {
  /** The element that the map is drawn into. */
  box: HTMLElement;
  /** The map with what lies over it. */
  stage: HTMLElement;
  /** Where a second map beside the first goes. */
  twin: HTMLElement;
}

export function createSkeleton(): Skeleton {
  const box = h("div", { class: "atlas-map", role: "region" });
  return { box, stage: h("div", { class: "atlas-stage" }, box), twin: h("div", { class: "atlas-twin" }) };
}

interface HeadDeps {
  store: Store;
  language: Language;
  record: RecordTexts;
  events: readonly AtlasEvent[];
  headline(day: string): string[];
}

/** The date, or the two that are compared, large, and what happened on it or last. */
export function createHead({ store, language, record, events, headline }: HeadDeps, aside?: HTMLElement): HTMLElement {
  const day = h("h2", { class: "atlas-day" });
  const latest = h("span");
  const titles = h("span");
  const what = h("p", { class: "atlas-what" }, latest, titles);
  const sovereignty = h("p", { class: "atlas-sovereignty" });
  store.subscribe("paint", ["on", "from", "lang"], ({ on, from }) => {
    const { t, date, brief, edtf } = language;
    const today = headline(on);
    const last = today.length ? undefined : events.findLast((event) => event.day <= on);
    // Of two days compared, the title names both.
    write(day, from ? `${brief(from)} – ${brief(on)}` : date(on));
    write(latest, last ? `${t("latest, {day}:", { day: edtf(last.date) })} ` : "");
    record.write(titles, last ? last.title : today.slice(0, 2).join(" · "));
    what.classList.toggle("is-quiet", !today.length);
  });
  store.subscribe("settle", ["lang"], () => {
    write(sovereignty, language.t("Control is not sovereignty: colours say who held the ground, not whose it is."));
  });
  return h(
    "header",
    { class: "atlas-head" },
    h("div", {}, day, what),
    h("div", { class: "atlas-aside" }, aside, sovereignty),
  );
}

/** Sentences about values that could not be used, until they are closed or replaced. */
export function createNotices(schema: Schema, language: Language, site: string | null = null) {
  const node = h("div", { class: "atlas-notice", role: "status" });
  const say = (sentences: Child[]) => {
    const close = h(
      "button",
      { type: "button", class: "atlas-close", onclick: () => node.replaceChildren() },
      icon(closeIcon),
    );
    label(close, language.t("Close"));
    node.replaceChildren(...(sentences.length ? [...sentences.map((sentence) => h("p", {}, sentence)), close] : []));
  };
  return {
    node,
    say,
    warn: (notices: readonly Notice[]) =>
      say(
        notices.map(({ code, values }) => [
          language.t(schema.notices[code] ?? code, values),
          code === "other-version" &&
            site !== null && [" ", h("a", { href: editionOf(site, values.value) }, language.t("Open that edition"))],
        ]),
      ),
  };
}

/** The map of an earlier edition on the site, at the view that this address asks for. */
const editionOf = (site: string, version = ""): string =>
  `${site}archive/${version}/map.html#${(window.location.hash || window.location.search).slice(1)}`;

interface LiveDeps {
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  control: Control;
  headline(day: string): string[];
}

/** Says after a step in time what is on the map now, to those who don't see it. */
export function announceSteps(
  { store, language, vocabulary, control, headline }: LiveDeps,
  say: (sentence: string) => void,
): void {
  const tell = ({ on }: State) => {
    const { t, date } = language;
    const crossed = control
      .takeCrossed()
      .map(({ piece, span }) =>
        t("{area} now held by {holder}", { area: control.nameOf(piece), holder: vocabulary.holder(span.controller) }),
      );
    say([date(on), ...headline(on), ...new Set(crossed)].join(". "));
  };
  store.subscribe("settle", ["on"], (state, _changed, before) => {
    if (state.on === before.on) control.takeCrossed();
    else tell(state);
  });
}

/** The name of the statement, for those who don't see the map. */
export function createTitle({ store, record, texts }: Pick<Core, "store" | "record" | "texts">): HTMLElement {
  const node = h("h1", { class: "atlas-hidden" });
  store.subscribe("settle", ["lang"], () => record.write(node, texts.title));
  return node;
}

/** The link that leads past the map. */
export function createSkipLink(store: Store, language: Language, go: () => void): HTMLElement {
  const press = (event: Event) => {
    event.preventDefault();
    go();
  };
  const node = h("a", { class: "atlas-skip", href: "#", onclick: press });
  store.subscribe("settle", ["lang"], () => write(node, language.t("Skip the map")));
  return node;
}

/** Says which language the map speaks, names its region, and says how to walk through it. */
export function nameRegion(root: HTMLElement, box: HTMLElement, store: Store, { t, has }: Language): void {
  store.subscribe("settle", ["lang"], ({ lang }) => {
    // English until the words are here.
    root.lang = has(lang) ? lang : "en";
    flag(box, "aria-label", t("Map"));
    flag(
      box,
      "aria-description",
      t("Arrow keys go to the neighbour, Page Up and Page Down through all shapes, Enter opens the card."),
    );
  });
}
