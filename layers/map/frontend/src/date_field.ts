// A day that can be typed, in any form that people write, or picked in the browser's calendar. What is typed is judged on
// Enter or on leaving: half a date may be a date too, which nobody meant.

import type { Day } from "./contract.ts";
import { createDateBox, type DateBox } from "./date_box.ts";
import { flag, h, label } from "./dom.ts";
import { calendarIcon, icon } from "./icons.ts";
import type { Language } from "./language.ts";
import type { Store } from "./store.ts";
import { readDay } from "./typed_day.ts";

interface Deps {
  store: Store;
  language: Language;
  texts: { coverage: readonly [Day, Day] };
  /** Says on the map what could not be used; with no sentence, takes back what was said. */
  warn(sentences: string[]): void;
}
interface Use {
  /** The day that the map shows there. */
  now(): Day | null;
  /** Takes a day, or null where the box was emptied. */
  use(day: Day | null): void;
}

export function createDateField(deps: Deps, use: Use): DateBox {
  const box = createDateBox(deps.language);
  letType(box, deps, use);
  return box;
}

/** Lets a reader type into a box, or pick a day for it. */
export function letType(box: DateBox, { store, language, texts, warn }: Deps, { now, use }: Use): void {
  const { input } = box;
  const [min, max] = texts.coverage;
  const calendar = h("input", { type: "date", class: "atlas-calendar", min, max, tabindex: -1, "aria-hidden": "true" });
  const opener = h("button", { type: "button", class: "atlas-pick" }, icon(calendarIcon));
  const tell = (sentence?: string) => {
    flag(input, "aria-invalid", sentence ? "true" : null);
    warn(sentence ? [sentence] : []);
  };
  const take = (day: Day | null) => {
    tell();
    use(day);
    box.show(now());
  };
  const judge = () => {
    if (!box.typed) return;
    box.typed = false;
    const text = input.value.trim();
    const [day, other] = readDay(text);
    const { t, date } = language;
    if (!text) take(null);
    else if (day && other)
      tell(
        t("“{text}” can be {a} or {b}: write it with dots, day first, or the month as a word.", {
          text,
          a: date(day),
          b: date(other),
        }),
      );
    else if (day) take(day);
    else tell(t("“{text}” is not a day: write it like 25.11.2020, 25 Nov 2020 or 2020-11-25.", { text }));
  };
  input.addEventListener("input", () => {
    box.typed = true;
  });
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") judge();
    if (key === "Escape") {
      box.typed = false;
      box.show(now());
      tell();
    }
    if (key === "Enter" || key === "Escape") input.select();
  });
  input.addEventListener("blur", judge);
  // A day is mostly replaced as a whole, not corrected.
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => {
    if (!box.typed && input.selectionStart === input.selectionEnd) input.select();
  });
  calendar.addEventListener("change", () => calendar.value && take(calendar.value));
  opener.addEventListener("click", () => {
    calendar.value = now() ?? "";
    calendar.showPicker();
  });
  box.node.append(calendar, opener);
  store.follow(["lang"], () => label(opener, language.t("Calendar")));
}
