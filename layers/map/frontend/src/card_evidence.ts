// What a fact rests on, in a card: the words of its sources, who said it, and what was asked, agreed and left out.

import type { CardDeps } from "./card_parts.ts";
import { type Child, h } from "./dom.ts";
import type { AtlasEvent, Evidence, Voice } from "./payload.ts";

/** The few words that carry a fact, each with its source. */
export function quoted(deps: CardDeps, evidence: readonly Evidence[] = []): Child {
  const items = evidence.map((words) => h("li", {}, quotation(deps, words), " ", deps.sources.label(words.source)));
  return items.length ? h("ul", { class: "atlas-quotes" }, items) : null;
}

/** Somebody's words as they stand, and in the reader's language beside them. */
export const quotation = (
  { language: { t } }: CardDeps,
  { quote, language = "en", translation }: Pick<Evidence, "quote" | "language" | "translation">,
): Child => [
  h("q", { lang: language }, quote),
  translation && [" ", h("i", {}, t("in translation: {words}", { words: translation }))],
];

/** Who said it, in which capacity and when, or why nobody is named; a speaker who is no organ of the side is marked. */
export function voice({ language: { t, edtf }, record }: CardDeps, said: Voice): Child {
  const gap = said.speaker_gap && t("No speaker named: {reason}", { reason: said.speaker_gap });
  const who = [said.speaker ?? gap, said.office, edtf(said.date)].filter(Boolean).join(", ");
  const note = said.organ === false ? t("Does not speak for that side.") : "";
  return who || note ? h("p", { class: "atlas-kicker" }, record.text(who), who && note ? ". " : "", note) : null;
}

/** What a court was asked and answered; what an agreement says and does not settle. */
export function halves(
  { language, vocabulary, record }: CardDeps,
  { court = [], agreed = [], absent = [] }: AtlasEvent,
): Child {
  const { t } = language;
  const points = (title: string, items: readonly string[]): Child =>
    items.length
      ? [
          h("h4", {}, title),
          h(
            "ul",
            {},
            items.map((item) => h("li", {}, record.text(item))),
          ),
        ]
      : null;
  const requests = court.map(({ by, asked, outcome, note }) =>
    h(
      "li",
      {},
      h("b", {}, vocabulary.side(by)),
      " ",
      record.text(asked),
      " ",
      h("b", {}, vocabulary.outcome(outcome)),
      note ? [". ", record.text(note)] : null,
    ),
  );
  return [
    requests.length ? [h("h4", {}, t("What was asked of the court, and its answer")), h("ul", {}, requests)] : null,
    points(t("What was agreed"), agreed),
    points(t("What it does not settle"), absent),
  ];
}
