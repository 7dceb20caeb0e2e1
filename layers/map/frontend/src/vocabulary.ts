// The names of what has an id (layers/wording/vocabulary.py), and the sentences about a deadline.

import type { Language } from "./language.ts";
import type { Obligation, Texts, TimelineRow } from "./payload.ts";

/** The vocabulary in the reader's language; an id that has no word stands for itself. */
export interface Vocabulary {
  status(id: string): string;
  holder(id: string): string;
  side(id: string): string;
  cause(id: string): string;
  edge(id: string): string;
  basis(id: string): string;
  /** What the text says of time: the first deadline, the current one, and when it was met. */
  deadline(obligation: Obligation, row: TimelineRow): string;
  /** Days late or early, against the current deadline and, where it differs, the first. */
  lateness(row: TimelineRow): string;
  /** "± 1.5 km", and what the line was drawn from. */
  accuracy(metres: number, basis?: string): string;
}

export function createVocabulary({ t, date, number }: Language, names: Texts["vocabulary"]): Vocabulary {
  const look = (table: Record<string, string>) => (id: string) => t(table[id] ?? id);
  const days = (n: number) => (n > 0 ? t("{n} late", { n }) : n < 0 ? t("{n} early", { n: -n }) : t("on the day"));
  const basis = look(names.basis);
  return {
    status: look(names.status),
    holder: look(names.controller),
    side: look(names.side),
    cause: look(names.cause),
    edge: look(names.accuracy),
    basis,
    deadline: (obligation, row) => {
      if (row.status === "not-in-force") return t("not yet in force");
      const due = date(row.due);
      const parts = [];
      if (row.due && row.first_due && row.first_due !== row.due)
        parts.push(t("due {due}, first {first}", { due, first: date(row.first_due) }));
      else if (row.due) parts.push(t("due {due}", { due }));
      else parts.push(obligation.term ? t("a term, no due date") : t("no date in the text"));
      if (row.done) parts.push(t("met {day}", { day: date(row.done) }));
      if (row.ended) parts.push(t("ended {day}", { day: date(row.ended) }));
      return parts.join("; ");
    },
    lateness: (row) => {
      if (row.days_late === undefined) return "";
      const first = row.days_late_first;
      const against =
        first === undefined || first === row.days_late
          ? ""
          : `; ${t("against the first date: {days}", { days: days(first) })}`;
      return days(row.days_late) + against;
    },
    accuracy: (metres, from) => {
      const words = metres >= 1000 ? `± ${number(metres / 1000, 1)} km` : `± ${metres} m`;
      return from ? `${words} (${basis(from)})` : words;
    },
  };
}
