// The layer panel: layers under the clause that governs them, with status and deadline at the day shown.

import type { Actions } from "./actions.ts";
import type { State, Wish } from "./contract.ts";
import { createDateField } from "./date_field.ts";
import { type Child, flag, h, write } from "./dom.ts";
import { icon, moreIcon } from "./icons.ts";
import type { Language } from "./language.ts";
import type { CatalogueEntry, Clause, Obligation, Texts } from "./payload.ts";
import type { RecordTexts } from "./record_texts.ts";
import { statusOf } from "./status.ts";
import type { Store } from "./store.ts";
import type { DrawnLayer, Ground } from "./view.ts";
import type { Vocabulary } from "./vocabulary.ts";
import type { Zones } from "./zones.ts";

interface Deps {
  ground: Ground;
  zones: Zones;
  store: Store;
  language: Language;
  vocabulary: Vocabulary;
  actions: Actions;
  record: RecordTexts;
  texts: Pick<Texts, "catalogue" | "clauses" | "obligations" | "coverage">;
  layerIds: readonly string[];
  usualLayers: readonly string[];
  hasRelief: boolean;
  /** The choice of basemaps, which ends the list. */
  tiles: HTMLElement;
  ask(wish: Wish): void;
  warn(sentences: string[]): void;
}
type Update = (state: State) => void;
/** A part of the panel: what it shows, and how it follows the state. */
interface Part {
  node: HTMLElement;
  words?(): void;
  update?: Update;
}

export function createPanel(deps: Deps): { node: HTMLElement } {
  const { store, language, texts, layerIds, usualLayers } = deps;
  const small = (act: () => void) => h("button", { type: "button", class: "atlas-small", onclick: act });
  const all = small(() => store.dispatch({ layers: [...layerIds] }));
  const none = small(() => store.dispatch({ layers: [] }));
  const usual = small(() => store.dispatch({ layers: usualLayers }));
  const known = createDateField(deps, { now: () => store.state.known, use: (day) => deps.ask({ known: day }) });
  const knownLabel = h("span");
  const [heading, more] = [h("h3"), h("summary")];
  const layer = (entry: CatalogueEntry) => layerRow(deps, entry);
  const drawn = (entry: CatalogueEntry) => entry.draw !== "raster" || deps.hasRelief;
  const main = texts.catalogue.filter((entry) => entry.draw === "control").map(layer);
  const others = texts.catalogue
    .filter((entry) => entry.under === null && entry.draw !== "control" && drawn(entry))
    .map(layer);
  const clauses = texts.clauses.map((clause) => clauseGroup(deps, clause));
  const parts: Part[] = [...main, ...clauses, ...others];
  const group = (...children: Child[]) => h("section", { class: "atlas-clause-group" }, ...children);
  const node = h(
    "div",
    { class: "atlas-layers" },
    group(nodes(main)),
    nodes(clauses),
    group(heading, nodes(others), deps.tiles),
    h(
      "details",
      { class: "atlas-choices" },
      more,
      h("label", { class: "atlas-known" }, knownLabel, known.node),
      h("div", { class: "atlas-row" }, all, none, usual),
    ),
  );

  store.follow(["lang", "names"], () => {
    const { t } = language;
    write(heading, t("No clause governs these"));
    write(more, t("More"));
    write(knownLabel, t("As known on"));
    write(all, t("all"));
    write(none, t("none"));
    write(usual, t("usual"));
    for (const part of parts) part.words?.();
  });
  store.follow(["on", "known", "layers", "clause", "lang", "names"], (state) => {
    known.show(state.known);
    for (const part of parts) part.update?.(state);
  });
  return { node };
}

const nodes = (parts: readonly Part[]) => parts.map((part) => part.node);

/** A clause with its obligations and the layers that it governs. */
function clauseGroup(deps: Deps, clause: Clause): Part {
  const { texts, actions } = deps;
  const press = () => actions.pressClause(clause.number);
  const title = h("span");
  const light = h(
    "button",
    { type: "button", class: "atlas-clause", "data-clause": clause.number, "aria-pressed": "false", onclick: press },
    h("b", { class: "atlas-number" }, clause.number),
    title,
  );
  const layers = texts.catalogue.filter((entry) => entry.under === clause.number).map((entry) => layerRow(deps, entry));
  const obligations = texts.obligations
    .filter((one) => one.clause === clause.number)
    .map((one) => obligationRow(deps, one));
  return {
    node: h(
      "section",
      { class: "atlas-clause-group" },
      light,
      h(
        "details",
        { class: "atlas-duties" },
        h(
          "summary",
          {},
          obligations.map((one) => one.chip),
        ),
        h("ul", { class: "atlas-obligations" }, nodes(obligations)),
      ),
      nodes(layers),
    ),
    words: () => {
      deps.record.write(title, clause.title);
      for (const part of [...obligations, ...layers]) part.words?.();
    },
    update: (state) => {
      flag(light, "aria-pressed", String(state.clause === clause.number));
      for (const part of [...obligations, ...layers]) part.update?.(state);
    },
  };
}

/** An obligation with its status and deadline; `chip` is its status alone. */
function obligationRow({ vocabulary, language, record }: Deps, obligation: Obligation): Part & { chip: HTMLElement } {
  const [status, chip] = [h("span", { class: "atlas-status" }), h("span", { class: "atlas-status" })];
  const [title, due] = [h("span"), h("span", { class: "atlas-due" })];
  return {
    chip,
    node: h("li", {}, title, " ", status, " ", due),
    words: () => record.write(title, obligation.title),
    update: ({ on, known }) => {
      const row = statusOf(obligation, on, known);
      for (const one of [status, chip]) {
        write(one, vocabulary.status(row.status));
        flag(one, "data-status", row.status);
      }
      write(due, row.status === "not-in-force" ? "" : language.deadline(row).deadline);
    },
  };
}

/** One layer: its box, and behind "more" its card, itself alone, and how strongly it is drawn. */
function layerRow(deps: Deps, entry: CatalogueEntry): Part {
  const { ground, zones, store, language, actions } = deps;
  const { id } = entry;
  const layer = ground.layers.get(id);
  const button = (name: string, act: () => void) => h("button", { type: "button", class: name, onclick: act });
  const box = h("input", {
    type: "checkbox",
    "data-layer-toggle": id,
    onchange: () => actions.toggleLayer(id, box.checked),
  });
  const [name, note] = [h("span", { class: "atlas-layer-name" }), h("span", { class: "atlas-layer-note" })];
  const solo = button("atlas-small", () => store.dispatch({ layers: [id] }));
  const info = button("atlas-small", () => actions.open({ zone: id }));
  const opacity = h("input", { type: "range", min: 10, max: 100, step: 5, value: 100, class: "atlas-opacity" });
  opacity.addEventListener("input", () => {
    if (layer) layer.node.style.opacity = String(Number(opacity.value) / 100);
  });
  const tools = h("div", { class: "atlas-layer-tools", hidden: true }, info, solo, opacity);
  const more = button("atlas-more", () => {
    tools.hidden = !tools.hidden;
    flag(more, "aria-expanded", String(!tools.hidden));
  });
  flag(more, "aria-expanded", "false");
  more.append(icon(moreIcon));
  const row = h("div", { class: "atlas-layer" }, h("label", {}, box, swatch(entry, layer), name), more, note, tools);
  // Layers without dates of their own hold always.
  const undated = entry.draw === "control" || entry.draw === "raster" || id === "events";
  return {
    node: row,
    words: () => {
      const { t } = language;
      const word = { layer: zones.nameOf(id) };
      write(name, word.layer);
      write(solo, t("Only this"));
      write(info, t("About it"));
      flag(more, "aria-label", t("More about {layer}", word));
      flag(solo, "aria-label", t("Only {layer}", word));
      flag(info, "aria-label", t("About {layer}", word));
      flag(opacity, "aria-label", t("Opacity of {layer}", word));
    },
    update: ({ layers }) => {
      box.checked = layers.includes(id);
      const held = undated || zones.items.some((item) => item.layer.id === id && item.holds);
      row.classList.toggle("is-absent", !held);
      write(note, held ? "" : whenItHolds(deps, id) || language.t("nothing drawn"));
    },
  };
}

function swatch({ draw }: CatalogueEntry, layer: DrawnLayer | undefined): HTMLElement {
  const mark = h("i", { class: `atlas-mark is-${draw}` });
  mark.style.setProperty("--hue", layer && layer.draw !== "control" ? layer.style.hue : "#9683b6");
  return mark;
}

function whenItHolds({ zones, language: { t, date } }: Deps, id: string): string {
  const words = zones.stretches(id).map(([since, until]) => {
    if (until === "9999") return since ? t("holds from {day}", { day: date(since) }) : "";
    return since
      ? t("holds from {since} to {until}", { since: date(since), until: date(until) })
      : t("holds until {day}", { day: date(until) });
  });
  return words.join("; ");
}
