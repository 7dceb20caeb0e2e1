// A field for a day that can be typed digit by digit: it is judged on Enter or on leaving it, or when the browser's own
// calendar sets it. Half a year typed is a day too ("0002-11-25"), which nobody meant.

import type { Day } from "./contract.ts";
import { h, write } from "./dom.ts";
import type { Language } from "./language.ts";

export interface DateField {
  node: HTMLInputElement;
  /** Shows a day, or nothing. */
  show(day: Day | null): void;
}

/** `use` gets the day, or null where the field was emptied. */
export function createDateField([min, max]: readonly [Day, Day], use: (day: Day | null) => void): DateField {
  const node = h("input", { type: "date", class: "atlas-date", min, max });
  let typing = false;
  let known = "";
  const judge = () => {
    typing = false;
    if (node.value === known) return;
    known = node.value;
    use(known || null);
  };
  node.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") judge();
    else if (key !== "Tab") typing = true;
  });
  node.addEventListener("change", () => {
    if (!typing) judge();
  });
  node.addEventListener("blur", judge);
  return {
    node,
    show: (day) => {
      known = day ?? "";
      if (node.value !== known) node.value = known;
    },
  };
}

/** The field with its day as the reader's language writes it, for as long as nobody types there: browsers write dates their own way. */
export function createWrittenDate(
  { node, show }: DateField,
  language: Language,
): { node: HTMLElement; show(day: Day | null): void } {
  const written = h("span", { "aria-hidden": "true" });
  return {
    node: h("span", { class: "atlas-datebox" }, node, written),
    show: (day) => {
      show(day);
      write(written, language.brief(day));
    },
  };
}
