// The card of a clause, and of the obligations under it.

import { statusOf } from "./answers.ts";
import { type CardDeps, fact, head, showOnMap, sideSays, statusLine } from "./card_parts.ts";
import { type Child, english, h } from "./dom.ts";
import type { Clause, Obligation, TimelineRow } from "./payload.ts";

export function clauseCard(deps: CardDeps, number: number): Child {
  const { texts, store, language, sources, actions } = deps;
  const { t } = language;
  const clause = texts.clauses.find((one) => one.number === number);
  if (!clause) return head(t("Clause {n}", { n: number }), "");
  const zones = Object.entries(texts.zones).flatMap(([id, zone]) =>
    zone.clauses?.includes(number) && zone.kind !== "group" ? [id] : [],
  );
  const light = h(
    "button",
    {
      type: "button",
      class: "atlas-button",
      "aria-pressed": String(store.state.clause === number),
      onclick: () => actions.pressClause(number, true),
    },
    t("Light up its areas"),
  );
  return [
    head(t("Clause {n}", { n: number }), english(clause.title)),
    english(clause.paraphrase, "p"),
    h("div", { class: "atlas-row" }, showOnMap(deps, { zones }), light),
    h(
      "dl",
      {},
      fact(t("who"), english(clause.who)),
      fact(t("where"), english(clause.where)),
      fact(t("time in the text"), english(clause.deadline_note)),
      fact(t("on the map"), english(clause.map_note)),
    ),
    texts.obligations.filter((one) => one.clause === number).map((one) => obligationPart(deps, one)),
    variants(deps, clause),
    readings(deps, number),
    h("h4", {}, t("What happened")),
    english(clause.what_happened, "p"),
    english(clause.ambiguity, "p"),
    sources.list(clause.sources),
  ];
}

/** An obligation with its status on the day, its deadlines as far as they were known, and both sides where they differ. */
export function obligationPart(deps: CardDeps, obligation: Obligation): HTMLElement {
  const { store, language, vocabulary, sources } = deps;
  const { t } = language;
  const { on, known } = store.state;
  const row = statusOf(obligation, on, known);
  const { deadlines = [], done, ended } = obligation;
  return h(
    "section",
    { class: "atlas-duty" },
    english(obligation.title, "h4"),
    h("p", {}, statusLine(deps, obligation, row)),
    english(obligation.duty, "p"),
    h(
      "dl",
      {},
      fact(t("owed by"), english(obligation.owed_by)),
      fact(t("owed to"), english(obligation.owed_to)),
      fact(t("deadline"), deadlineHistory(deps, obligation, row, known ?? on)),
      fact(t("days late"), vocabulary.lateness(row)),
    ),
    row.status === "disputed" && disputes(deps, obligation),
    row.done && english(done?.note, "p"),
    row.ended && english(ended?.note, "p"),
    sources.list(obligation.sources, ...deadlines.map((stage) => stage.sources), row.done ? done?.sources : []),
  );
}

function deadlineHistory(
  { language }: CardDeps,
  { deadlines = [] }: Obligation,
  row: TimelineRow,
  knowledge: string,
): Child {
  const { t, date } = language;
  const stages = row.status === "not-in-force" ? [] : deadlines.filter((stage) => stage.announced <= knowledge);
  const words = (announced: string, due: string) =>
    t("announced {day}: due {due}.", { day: date(announced), due: date(due) });
  return stages.length
    ? h(
        "ol",
        {},
        stages.map((stage) => h("li", {}, words(stage.announced, stage.due), " ", english(stage.note))),
      )
    : null;
}

function disputes(deps: CardDeps, { disputes: all = [] }: Obligation): Child {
  const since = all.filter((dispute) => dispute.since <= deps.store.state.on);
  return since.map(({ claim_side, claim, counter_side, counterclaim, sources }) =>
    h(
      "div",
      { class: "atlas-views" },
      sideSays(deps, claim_side, claim),
      sideSays(deps, counter_side, counterclaim),
      deps.sources.list(sources),
    ),
  );
}

function variants({ texts, language, sources }: CardDeps, { variants: all = [] }: Clause): Child {
  if (!all.length) return null;
  const wording = ({ phrase, witness, sources: ids }: NonNullable<Clause["variants"]>[number]["wordings"][number]) =>
    h("li", {}, h("q", {}, phrase), " ", texts.witnesses[witness]?.title ?? witness, sources.list(ids));
  const parts = all.map((one) =>
    h(
      "section",
      { lang: "en" },
      h("h4", {}, one.point),
      h("ul", {}, one.wordings.map(wording)),
      h("p", {}, one.consequence),
    ),
  );
  return h("details", {}, h("summary", {}, language.t("The texts compared")), parts);
}

function readings({ texts, store, language, vocabulary, sources }: CardDeps, clause: number): Child {
  const day = store.state.known ?? store.state.on;
  const found = texts.readings.filter((reading) => reading.clause === clause && reading.date.slice(0, 10) <= day);
  if (!found.length) return null;
  const parts = found.map((reading) => {
    const who = h("p", { class: "atlas-kicker" }, `${vocabulary.side(reading.side)}, ${language.edtf(reading.date)}`);
    return h(
      "section",
      {},
      english(reading.title, "h4"),
      who,
      english(reading.text, "p"),
      sources.list(reading.sources),
    );
  });
  return h("details", {}, h("summary", {}, language.t("How the sides read it")), parts);
}
