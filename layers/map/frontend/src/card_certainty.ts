// How sure it is who holds a place, in one sentence. panels/certainty.py says the same of the same answer.

import type { CardDeps } from "./card_parts.ts";
import type { At } from "./contract.ts";

const BORDERS = ["republic-border", "outside"];

export function certainty({ language }: Pick<CardDeps, "language">, found: At): string {
  const { t } = language;
  const far = language.length;
  const away = (metres: number | null, accuracy: number | null) => ({
    distance: far(metres ?? 0),
    accuracy: `± ${far(accuracy ?? 0)}`,
  });
  const why = found.uncertain_by;
  if (why.includes("symbol")) return t("Who holds this ground is in doubt; see the symbol nearby.");
  if (why.includes("record")) return t("The day on which this ground changed hands is not certain.");
  if (why.includes("line-of-control"))
    return t(
      "The nearest line of control is {distance} away and known to {accuracy}: this place may lie on the other side.",
      away(found.edge_m, found.accuracy_m),
    );
  if (why.some((kind) => BORDERS.includes(kind)))
    return t(
      "The nearest border of a republic is {distance} away and known to {accuracy}: this place may lie on the other side.",
      away(found.border_m, found.border_accuracy_m),
    );
  if (why.length) return t("Ground of another holder lies nearer than its outline is known.");
  if (found.anchor !== null)
    return t("A source says who held this settlement; the lines of control nearby were drawn from such places.");
  if (found.edge_m === null) return t("No line of control is near.");
  return t(
    "The nearest line of control is {distance} away and known to {accuracy}: this place is clear of it.",
    away(found.edge_m, found.accuracy_m),
  );
}
