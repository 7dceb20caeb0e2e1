// Two days compared: what changed hands between A and B, with km² and the events; side by side or under a swipe.

import type { Actions } from "./actions.ts";
import { changes, type Known } from "./answers.ts";
import { eventButton, eventList } from "./card_parts.ts";
import type { ChangeRow, Day, State, Wish } from "./contract.ts";
import type { Control } from "./control.ts";
import { createDateField } from "./date_field.ts";
import { spanOn } from "./dates.ts";
import { type Child, flag, h, write } from "./dom.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Texts } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import type { Store } from "./store.ts";
import type { TabContent } from "./tabs.ts";
import type { Layout, Twin } from "./twin.ts";
import type { Vocabulary } from "./vocabulary.ts";

interface Deps {
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  control: Control;
  actions: Actions;
  known: Known;
  texts: Texts;
  eventById: ReadonlyMap<string, AtlasEvent>;
  record: RecordTexts;
  twin: Twin;
  ask(wish: Wish): void;
  warn(sentences: string[]): void;
}

/** The tab, and how the two days are laid out. */
export interface Compare extends TabContent {
  layout(): Layout | null;
  /** Lays them out, or shows one day only. */
  arrange(layout: Layout | null): void;
}

export function createCompare(deps: Deps): Compare {
  const { store, language, texts, control, twin } = deps;
  const button = (act: () => void) => h("button", { type: "button", class: "atlas-button", onclick: act });
  const body = h("div");
  const [title, label] = [h("h3"), h("span")];
  const field = createDateField(deps, { now: () => store.state.from, use: (from) => deps.ask({ from }) });
  const swipe = button(() => toggle("swipe"));
  const beside = button(() => toggle("beside"));
  const off = button(() => {
    arrange(null);
    store.dispatch({ from: null });
  });
  const node = h(
    "div",
    { class: "atlas-compare" },
    title,
    h("label", {}, label, field.node),
    h("div", { class: "atlas-row" }, swipe, beside, off),
    body,
  );

  const toggle = (next: Layout) => arrange(twin.layout() === next ? null : next);
  const arrange = (layout: Layout | null) => {
    const { from, on } = store.state;
    if (layout && !from) store.dispatch({ from: texts.effect < on ? texts.effect : texts.coverage[0] });
    twin.arrange(layout);
    control.compareApart(Boolean(layout));
    // The legend follows what is drawn.
    store.refresh("from");
    words();
  };
  let shown = "";
  const update = () => {
    const { from, on, lang, names } = store.state;
    field.show(from);
    off.hidden = !from;
    const key = [from, on, lang, names].join();
    if (key === shown) return;
    shown = key;
    body.replaceChildren(
      ...(from
        ? report(deps, from, on)
        : [h("p", { class: "atlas-hint" }, language.t("Choose an earlier day to see what changed hands since."))]),
    );
  };
  const words = () => {
    const { t } = language;
    write(title, t("What changed hands"));
    write(label, `${t("Earlier day")} `);
    write(swipe, t("Swipe"));
    write(beside, t("Side by side"));
    write(off, t("Stop comparing"));
    flag(swipe, "aria-pressed", String(twin.layout() === "swipe"));
    flag(beside, "aria-pressed", String(twin.layout() === "beside"));
    twin.words();
  };
  store.follow(["lang"], words);
  return { node, update, arrange, layout: twin.layout };
}

/** The hand-overs and the events between two days. */
function report(deps: Deps, from: NonNullable<State["from"]>, on: string): HTMLElement[] {
  const { language, known, texts } = deps;
  const { t, number, date } = language;
  const rows = changes(known, from, on);
  const total = rows.reduce((sum, row) => sum + row.km2, 0);
  const events = texts.events.filter((event) => from < event.day && event.day <= on);
  const heads = [t("day"), t("what changed hands"), t("km²")].map((text) => h("th", { scope: "col" }, text));
  const table = h(
    "table",
    {},
    h("thead", {}, h("tr", {}, heads)),
    h(
      "tbody",
      {},
      rows.map((row) => handOver(deps, row)),
    ),
  );
  const found: HTMLElement[] = [
    h(
      "p",
      {},
      t("From {a} to {b}: {n} changes of control, {km2} km².", {
        a: date(from),
        b: date(on),
        n: rows.length,
        km2: number(total),
      }),
    ),
  ];
  found.push(...earlier(deps, from).map((text) => h("p", { class: "atlas-note" }, text)));
  if (rows.length) found.push(h("div", { class: "atlas-scroll", tabindex: "0" }, table));
  const opened = eventList(deps, events);
  if (opened) found.push(opened);
  return found;
}

/** What came by force before the first day, and so is not counted; how much of it was not certain that day. */
function earlier({ language: { t, date, area }, known, texts }: Deps, from: Day): string[] {
  const forced = changes(known, texts.coverage[0], from).filter(({ cause }) => cause === "force");
  const unsure = known.pieces.filter((piece) => {
    const span = spanOn(piece, from);
    return !span.certain && span.cause === "force";
  });
  const sum = (items: readonly { km2: number }[]) => area(items.reduce((total, { km2 }) => total + km2, 0));
  const told: string[] = [];
  if (forced.length)
    told.push(
      t("By {day}, {area} had already changed hands by force: that is not counted here.", {
        area: sum(forced),
        day: date(from),
      }),
    );
  if (forced.length && unsure.length)
    told.push(
      t("Of these {all}, it is not certain who held {area} on {day} (striped on the map of that day).", {
        all: sum(forced),
        area: sum(unsure),
        day: date(from),
      }),
    );
  return told;
}

function handOver(deps: Deps, row: ChangeRow): HTMLElement {
  const { language, vocabulary, texts, eventById } = deps;
  const { t, number, brief } = language;
  const event = eventById.get(row.event ?? "");
  const name = language.name(texts.units[row.zone]?.names) || row.zone;
  const why = row.clause ? t("required by clause {n}", { n: row.clause }) : vocabulary.cause(row.cause ?? "other");
  const what = `${vocabulary.holder(row.from)} → ${vocabulary.holder(row.to)}, ${why}${row.disputed ? `, ${t("disputed")}` : ""}`;
  const cells: Child[] = [h("b", {}, name), h("br"), what, h("br"), event && eventButton(deps, event)];
  return h(
    "tr",
    {},
    h("td", { class: "is-day" }, brief(row.date)),
    h("td", {}, cells),
    h("td", { class: "is-number" }, number(row.km2, row.km2 < 10 ? 1 : 0)),
  );
}
