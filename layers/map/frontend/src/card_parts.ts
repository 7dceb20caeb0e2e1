// What all cards are made of.

import type { Actions } from "./actions.ts";
import type { Known } from "./answers.ts";
import type { Control } from "./control.ts";
import { type Child, flat, h } from "./dom.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Names, Texts, TimelineRow } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { SourceList } from "./sources.ts";
import type { Store } from "./store.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Zones } from "./zones.ts";

export interface CardDeps {
  store: Store;
  texts: Texts;
  known: Known;
  eventById: ReadonlyMap<string, AtlasEvent>;
  language: Language;
  vocabulary: Vocabulary;
  control: Control;
  zones: Zones;
  sources: SourceList;
  record: RecordTexts;
  actions: Actions;
}

/** A term with its values for a `dl`; nothing where there is no value. */
export const fact = (term: string, ...values: Child[]): Child => {
  const nodes = flat(values).filter((node) => node !== "");
  return nodes.length ? [h("dt", {}, term), h("dd", {}, nodes)] : null;
};

export const head = (kicker: string, title: Child, ...more: Child[]): Child => [
  h("p", { class: "atlas-kicker" }, kicker),
  h("h3", {}, title),
  more,
];

/** A status as the panel and the cards show it. */
export const statusMark = ({ vocabulary }: CardDeps, { status }: TimelineRow): HTMLElement =>
  h("span", { class: "atlas-status", "data-status": status }, vocabulary.status(status));

/** The status and the deadline of an obligation, in one line. */
export const statusLine = (deps: CardDeps, row: TimelineRow): Child => [
  statusMark(deps, row),
  " ",
  deps.language.deadline(row).deadline,
];

const separated = (nodes: Child[]): Child => nodes.flatMap((node, i) => (i ? [", ", node] : [node]));

export const clauseButton = ({ actions, language }: CardDeps, clause: number): HTMLElement =>
  h(
    "button",
    { type: "button", class: "atlas-link", onclick: () => actions.open({ clause }) },
    language.t("clause {n}", { n: clause }),
  );

export const clausesOrNone = (deps: CardDeps, clauses: readonly number[] = []): Child =>
  clauses.length ? separated(clauses.map((clause) => clauseButton(deps, clause))) : deps.language.t("none");

/** The other forms of a name, each in its own language. */
export function otherNames({ language }: CardDeps, names: Names | undefined, leading = language.name(names)): Child {
  if (!names) return null;
  const forms = ["neutral", "az", "hy", "ru"].flatMap((form) =>
    names[form] && names[form] !== leading ? [h("span", { lang: form === "neutral" ? "en" : form }, names[form])] : [],
  );
  return forms.length ? h("p", { class: "atlas-names" }, separated(forms)) : null;
}

/** A link to an event's card. */
export const eventButton = (
  { actions, record }: Pick<CardDeps, "actions" | "record">,
  event: AtlasEvent,
  before = "",
): HTMLElement =>
  h(
    "button",
    { type: "button", class: "atlas-link", onclick: () => actions.open({ event: event.id }) },
    before,
    record.text(event.title),
  );

/** Events to open, each with its date; nothing where there are none. */
export function eventList(
  deps: Pick<CardDeps, "actions" | "record" | "language">,
  events: readonly AtlasEvent[],
): HTMLElement | null {
  if (!events.length) return null;
  const { t, edtf } = deps.language;
  const items = events.map((event) => h("li", {}, eventButton(deps, event, `${edtf(event.date)}: `)));
  return h("details", {}, h("summary", {}, t("Events ({n})", { n: events.length })), h("ul", {}, items));
}

/** The events that are known on the day of knowledge, or the day shown. */
export function eventsKnown(
  { texts, store: { state } }: CardDeps,
  about: (event: AtlasEvent) => boolean,
): AtlasEvent[] {
  const day = state.known ?? state.on;
  return texts.events.filter((event) => about(event) && event.first <= day);
}

export const showOnMap = ({ actions, language }: CardDeps, target: Parameters<Actions["fly"]>[0]): HTMLElement =>
  h(
    "button",
    { type: "button", class: "atlas-button", onclick: () => actions.fly(target) },
    language.t("Show on the map"),
  );

/** What somebody said, with who said it. */
export const sideSays = ({ vocabulary, record }: CardDeps, side: string, text: string): HTMLElement =>
  h("p", {}, h("b", {}, vocabulary.side(side)), " ", record.text(text));
