// The box of a day, written as the reader's language writes it. Typing into it comes after the first paint (date_field.ts).

import type { Day } from "./contract.ts";
import { h } from "./dom.ts";
import type { Language } from "./language.ts";

export interface DateBox {
  node: HTMLElement;
  input: HTMLInputElement;
  /** Whether something stands there that is not judged yet: it stays. */
  typed: boolean;
  /** Shows a day, or nothing. */
  show(day: Day | null): void;
}

export function createDateBox({ brief }: Language): DateBox {
  const input = h("input", { class: "atlas-date", inputmode: "decimal", autocomplete: "off", spellcheck: "false" });
  const box: DateBox = {
    node: h("span", { class: "atlas-datebox" }, input),
    input,
    typed: false,
    show: (day) => {
      if (box.typed) return;
      // A day that changes under the cursor, while the map plays, stays selected: the next key replaces it.
      const whole = document.activeElement === input && input.selectionEnd !== input.selectionStart;
      input.value = brief(day);
      if (whole) input.select();
    },
  };
  return box;
}
