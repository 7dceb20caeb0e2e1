// The card of a line between two pieces of ground: how exactly it is known.

import { type CardDeps, fact, head } from "./card_parts.ts";
import { spanOn } from "./dates.ts";
import { type Child, h } from "./dom.ts";
import type { Edge } from "./payload.ts";

/** A line in a few letters, such as `lachin~kalbajar`. */
export const edgeId = ({ left, right }: Edge): string => `${left}~${right}`;

/** The card of a line; nothing where there is none of that id. */
export function edgeCard({ known, control, store, language, vocabulary, texts }: CardDeps, id: string): Child {
  const { t } = language;
  const edge = known.edges.find((one) => edgeId(one) === id);
  if (!edge) return null;
  const sides = [edge.left, edge.right].flatMap((one) => (one ? [control.piece(one).piece] : []));
  const holders = sides.map((piece) => vocabulary.holder(spanOn(piece, store.state.on).controller));
  return [
    head(language.date(store.state.on), holders.join(" | ")),
    h("p", {}, t("line between them, {accuracy}", { accuracy: `± ${language.length(edge.accuracy_m, 0)}` })),
    h(
      "dl",
      {},
      fact(t("touches"), sides.map((piece) => control.nameOf(piece)).join(", ")),
      fact(t("accuracy"), vocabulary.accuracy(edge.accuracy_m)),
      fact(t("how it was drawn"), t(texts.vocabulary.follows[edge.follows] ?? edge.follows)),
    ),
    h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
  ];
}
