// What came of a list: counts, a sentence to quote, how it was answered, and the whole table to download.

import type { App } from "./app.ts";
import { type Say, table } from "./attribute_ask.ts";
import type { Result } from "./attribute_work.ts";
import { h } from "./dom.ts";
import { word } from "./language.ts";

const MOST_REASONS = 12;
const NAME = "points-with-clauses.csv";
const SOVEREIGNTY = word("Control is not sovereignty: colours say who held the ground, not whose it is.");

export function createReport(result: Result, app: App, t: Say, version: string): HTMLElement {
  const { summary } = result;
  const number = (value: number) => app.language.number(value);
  const counts = t(
    "{rows} rows: {placed} placed, {uncertain} of them not certain; {outside} outside Armenia and Azerbaijan; {unread} not readable.",
    {
      rows: number(summary.rows),
      placed: number(summary.placed),
      uncertain: number(summary.uncertain),
      outside: number(summary.outside),
      unread: number(summary.unreadable),
    },
  );
  const url = URL.createObjectURL(result.csv);
  return h(
    "div",
    {},
    h("p", {}, counts),
    summary.placed ? quote(result, number, t, version) : null,
    reasons(result, t, number),
    h("p", {}, h("a", { class: "atlas-own-place", href: url, download: NAME }, t("Download the table"))),
    section(t("Clause"), t("Points"), byClause(result, app, t), number),
    section(t("Held by"), t("Points"), byHolder(result, app), number),
    section(t("Month"), t("Points"), byMonth(result, app), number),
    problems(result, t),
    h("p", { class: "atlas-own-note" }, t(SOVEREIGNTY)),
  );
}

function quote({ summary }: Result, number: (value: number) => string, t: Say, version: string): Node[] {
  const said = t("Of {placed} places, {uncertain} lie on ground whose holder that day is uncertain.", {
    placed: number(summary.placed),
    uncertain: number(summary.uncertain),
  });
  const method = t(
    "Ceasefire Atlas, data version {version}. A row is answered for the whole disc and span that the list allows.",
    {
      version,
    },
  );
  const copy = h("button", { type: "button", class: "atlas-button" }, t("Copy the sentence"));
  copy.addEventListener("click", () => {
    navigator.clipboard?.writeText(`${said} (${method})`).then(
      () => copy.replaceChildren(t("Copied")),
      () => copy.remove(),
    );
  });
  return [h("blockquote", {}, said), h("p", { class: "atlas-own-note" }, method, " ", copy)];
}

function reasons({ summary }: Result, t: Say, number: (value: number) => string): Node | null {
  const sorted = [...summary.reasons.values()].sort((a, b) => b.count - a.count);
  if (!sorted.length) return null;
  const shown = sorted
    .slice(0, MOST_REASONS)
    .map(({ kind, count }) => h("li", {}, `${number(count)} × ${t.said(kind)}`));
  return h("ul", { class: "atlas-own-reasons" }, shown, sorted.length > MOST_REASONS && h("li", {}, "…"));
}

type Counts = [name: string, count: number][];

function byClause({ summary }: Result, { texts }: App, t: Say): Counts {
  const titles = new Map(texts.clauses.map((clause) => [String(clause.number), clause.title]));
  const clauses = [...summary.clauses]
    .filter(([clause]) => clause !== "none")
    .sort(([a], [b]) => Number(a) - Number(b));
  const named = clauses.map(([clause, count]): [string, number] => [`${clause} · ${titles.get(clause) ?? ""}`, count]);
  return [...named, [t("none"), summary.clauses.get("none") ?? 0]];
}

const byHolder = ({ summary }: Result, { vocabulary }: App): Counts =>
  [...summary.controllers].sort(([, a], [, b]) => b - a).map(([name, count]) => [vocabulary.holder(name), count]);

const byMonth = ({ summary }: Result, { language }: App): Counts =>
  [...summary.months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, count]) => [language.edtf(month), count]);

/** Counts behind their heading, each with a bar as long as its share of the largest. */
function section(name: string, points: string, counts: Counts, number: (value: number) => string): Node | null {
  if (!counts.some(([, count]) => count)) return null;
  const most = Math.max(...counts.map(([, count]) => count));
  const rows = counts.map(([text, count]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, text),
      h("td", {}, number(count)),
      h("td", { "aria-hidden": "true" }, h("meter", { min: 0, max: most, value: count })),
    ),
  );
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, name), h("th", { scope: "col" }, points), h("td")));
  return h(
    "details",
    { open: true },
    h("summary", {}, name),
    h("table", { class: "atlas-own-counts" }, head, h("tbody", {}, rows)),
  );
}

function problems({ summary }: Result, t: Say): Node | null {
  if (!summary.problems.length) return null;
  const rows = summary.problems.map(([row, said]): (string | number)[] => [row, said.map(t.said).join("; ")]);
  return h("details", {}, h("summary", {}, t("Rows with a problem, by number")), table([t("Row"), t("Problem")], rows));
}
