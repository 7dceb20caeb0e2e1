// Who held a piece, holder by holder, and from which day that is certain. geodata/holdings.py has the same.

import type { CardDeps } from "./card_parts.ts";
import type { Day } from "./contract.ts";
import { type Child, h } from "./dom.ts";
import type { Piece, Span } from "./payload.ts";

/** One holder's time: from when (null: before the record begins), whether certain at first, and each day on which that turned. */
export interface Holding {
  controller: string;
  since: Day | null;
  certain: boolean;
  turns: { day: Day; certain: boolean }[];
}

/** The spans of a piece joined while its holder stays. */
export function holdings(spans: readonly Span[]): Holding[] {
  const found: Holding[] = [];
  for (const { controller, since = null, certain = false } of spans) {
    const last = found.at(-1);
    if (last?.controller !== controller) found.push({ controller, since, certain, turns: [] });
    else if (since && (last.turns.at(-1)?.certain ?? last.certain) !== certain)
      last.turns.push({ day: since, certain });
  }
  return found;
}

/** Who held a piece, and from when; and whether its days are certain. */
export function holders({ language: { t, date }, vocabulary, texts }: CardDeps, piece: Piece): Child {
  const history = holdings(piece.spans);
  const line = ({ controller, since, certain, turns }: Holding) =>
    [
      `${date(since ?? texts.coverage[0])}: ${vocabulary.holder(controller)}`,
      ...(certain ? [] : [t("not certain")]),
      ...turns.map(({ day, certain: sure }) =>
        sure ? t("certain from {day}", { day: date(day) }) : t("not certain from {day}", { day: date(day) }),
      ),
    ].join("; ");
  const unsure = history.some(({ certain, turns }) => !certain || turns.length);
  return [
    h("h4", {}, t("Who held it, and from when")),
    h(
      "ol",
      {},
      history.map((one) => h("li", {}, line(one))),
    ),
    unsure && h("p", { class: "atlas-note" }, t("The day on which this ground changed hands is not certain.")),
  ];
}
