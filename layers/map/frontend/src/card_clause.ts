// The card of a clause, and of the obligations under it.

import { quotation, quoted, voice } from "./card_evidence.ts";
import { type CardDeps, fact, head, showOnMap, sideSays, statusLine } from "./card_parts.ts";
import { type Child, h } from "./dom.ts";
import type { Clause, Obligation, Phrase, TimelineRow } from "./payload.ts";
import { statusOf } from "./status.ts";

export function clauseCard(deps: CardDeps, number: number): Child {
  const { texts, store, language, sources, actions, record } = deps;
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
    t("Highlight its areas"),
  );
  return [
    head(t("Clause {n}", { n: number }), record.text(clause.title)),
    record.text(clause.paraphrase, "p"),
    operativeWords(deps, clause),
    h("div", { class: "atlas-row" }, showOnMap(deps, { zones }), light),
    h(
      "dl",
      {},
      fact(t("who"), record.text(clause.who)),
      fact(t("where"), record.text(clause.where)),
      fact(t("time in the text"), record.text(clause.deadline_note)),
      fact(t("on the map"), record.text(clause.map_note)),
    ),
    texts.obligations.filter((one) => one.clause === number).map((one) => obligationPart(deps, one)),
    variants(deps, clause),
    readings(deps, number),
    h("h4", {}, t("What happened")),
    record.text(clause.what_happened, "p"),
    clause.ambiguity ? [h("h4", {}, t("Left open by the text")), record.text(clause.ambiguity, "p")] : null,
    sources.list(clause.sources),
  ];
}

/** An obligation with its status on the day, its deadlines as far as they were known, and both sides where they differ. */
export function obligationPart(deps: CardDeps, obligation: Obligation): HTMLElement {
  const { store, language, sources, record } = deps;
  const { t } = language;
  const { on, known } = store.state;
  const row = statusOf(obligation, on, known);
  const { deadlines = [], done, ended } = obligation;
  return h(
    "section",
    { class: "atlas-duty" },
    record.text(obligation.title, "h4"),
    h("p", {}, statusLine(deps, row)),
    record.text(obligation.duty, "p"),
    h(
      "dl",
      {},
      fact(t("owed by"), record.text(obligation.owed_by)),
      fact(t("owed to"), record.text(obligation.owed_to)),
      fact(t("deadline"), deadlineHistory(deps, obligation, row, known ?? on)),
      fact(t("days late"), language.deadline(row).lateness),
    ),
    row.status === "disputed" && disputes(deps, obligation),
    row.done && record.text(done?.note, "p"),
    row.ended && record.text(ended?.note, "p"),
    sources.list(obligation.sources, ...deadlines.map((stage) => stage.sources), row.done ? done?.sources : []),
  );
}

function deadlineHistory(
  { language, record }: CardDeps,
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
        stages.map((stage) => h("li", {}, words(stage.announced, stage.due), " ", record.text(stage.note))),
      )
    : null;
}

function disputes(deps: CardDeps, { disputes: all = [] }: Obligation): Child {
  const since = all.filter((dispute) => dispute.since <= deps.store.state.on);
  return since.map(({ claim_side, claim, counter_side, counterclaim, sources, evidence }) =>
    h(
      "div",
      { class: "atlas-views" },
      sideSays(deps, claim_side, claim),
      sideSays(deps, counter_side, counterclaim),
      quoted(deps, evidence),
      deps.sources.list(sources),
    ),
  );
}

function variants(deps: CardDeps, { variants: all = [] }: Clause): Child {
  if (!all.length) return null;
  const parts = all.map((one) =>
    h(
      "section",
      {},
      deps.record.text(one.point, "h4"),
      wordings(deps, one.wordings),
      h("p", {}, h("b", {}, deps.language.t("What it changes on the map")), " ", deps.record.text(one.consequence)),
    ),
  );
  return h("details", {}, h("summary", {}, deps.language.t("The texts compared")), parts);
}

/** Exact phrases of the statement, each with the version it is from. */
const wordings = (deps: CardDeps, phrases: readonly Phrase[]): HTMLElement =>
  h(
    "ul",
    {},
    phrases.map(({ phrase, witness, translation, sources }) => {
      const version = deps.texts.witnesses[witness];
      const lang = version?.language ?? "en";
      return h(
        "li",
        {},
        quotation(deps, { quote: phrase, language: lang, ...(translation && { translation }) }),
        " — ",
        deps.record.text(version?.title ?? witness),
        deps.sources.list(sources),
      );
    }),
  );

function operativeWords(deps: CardDeps, { phrases = [] }: Clause): Child {
  if (!phrases.length) return null;
  const title = deps.language.t("Its operative words");
  return h("details", {}, h("summary", {}, title), wordings(deps, phrases));
}

function readings(deps: CardDeps, clause: number): Child {
  const { texts, store, language, vocabulary, sources, record } = deps;
  const day = store.state.known ?? store.state.on;
  const found = texts.readings.filter((reading) => reading.clause === clause && reading.date.slice(0, 10) <= day);
  if (!found.length) return null;
  const parts = found.map((reading) => {
    return h(
      "section",
      {},
      record.text(reading.title, "h4"),
      h("p", { class: "atlas-kicker" }, vocabulary.side(reading.side)),
      record.text(reading.text, "p"),
      voice(deps, reading),
      quoted(deps, reading.evidence),
      sources.list(reading.sources),
    );
  });
  return h("details", {}, h("summary", {}, language.t("How the sides read it")), parts);
}
