// “Something wrong?” at the end of a card: it leads to the site's form where there is a site; else the same form is a text
// to fill in, to copy and to send. What was written stays while other cards are read.

import type { Target } from "./actions.ts";
import { at } from "./answers.ts";
import type { CardDeps } from "./card_parts.ts";
import { type Child, copied, flag, h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { MountOptions } from "./options.ts";

export interface ContestDeps extends Pick<CardDeps, "texts" | "language" | "control" | "known" | "store"> {
  options: Pick<MountOptions, "site">;
}
/** A text to fill in; `tell` writes what stands around it in the language of now. */
interface Draft {
  node: HTMLElement;
  tell(): void;
}

/** The end of the card of a target; nothing where the record has no entry for it. */
export function createContest(deps: ContestDeps): (target: Target) => Child {
  const { texts, language, options } = deps;
  const drafts = new Map<string, Draft>();
  return (target) => {
    const entry = entryOf(deps, target);
    if (entry === undefined) return null;
    if (options.site) {
      const href = `${options.site}contest.html?entry=${encodeURIComponent(entry)}`;
      const link = h("a", { href, target: "_blank", rel: "noopener" }, language.t("Something wrong?"));
      return h("p", { class: "atlas-contest" }, link);
    }
    if (!texts.contest) return null;
    const draft = drafts.get(entry) ?? createDraft(texts.contest.replace("{entry}", entry), language);
    drafts.set(entry, draft);
    draft.tell();
    return draft.node;
  };
}

/** The id under which the record has what a card is about: of ground, its unit. */
function entryOf({ control, known, store }: ContestDeps, target: Target): string | undefined {
  if (target.clause !== undefined) return String(target.clause);
  const named = target.event ?? target.place ?? target.zone;
  if (named !== undefined) return named;
  const piece = target.piece ?? (target.at && at(known, ...target.at, store.state.on).piece);
  return piece ? control.piece(piece).piece.unit : undefined;
}

function createDraft(text: string, { t }: Language): Draft {
  const summary = h("summary");
  const how = h("p");
  const field = h("textarea", { rows: 12, spellcheck: "false", lang: "en" }, text);
  const told = h("span", { role: "status" });
  const copy = h("button", { type: "button", class: "atlas-button" });
  copy.addEventListener("click", async () => {
    const done = await copied(field.value);
    if (!done) field.select();
    write(told, done ? t("The text is copied.") : t("The text is selected: copy it from there."));
  });
  const row = h("div", { class: "atlas-row" }, copy, told);
  return {
    node: h("details", { class: "atlas-contest" }, summary, how, field, row),
    tell: () => {
      write(summary, t("Something wrong?"));
      write(
        how,
        t(
          "Fill in what is wrong and a source, copy the text, send it to those who publish this map. Nothing is sent from here.",
        ),
      );
      flag(field, "aria-label", t("What is wrong"));
      write(copy, t("Copy the text"));
    },
  };
}
