// The layer panel: layers under the clause that governs them, with status and deadline at the day shown.

Atlas.panel = (context) => {
  const { h } = Atlas;
  const { text, ground } = context;
  const node = h("div", { class: "atlas-layers" });
  const rows = [];
  const clauseRows = [];
  const obligationRows = [];

  const swatch = (layer) => {
    const mark = h("i", { class: `atlas-mark is-${layer.draw}` });
    const hue = layer.style ? layer.style.hue : "#9683b6";
    mark.style.setProperty("--hue", hue);
    return mark;
  };
  const layerRow = (entry) => {
    const layer = ground.layers.get(entry.id) || { id: entry.id, draw: entry.draw };
    const box = h("input", { type: "checkbox", "data-layer-toggle": entry.id, onchange: () => context.toggleLayer(entry.id, box.checked) });
    const name = h("span", { class: "atlas-layer-name" });
    const note = h("span", { class: "atlas-layer-note" });
    const solo = h("button", { type: "button", class: "atlas-small", onclick: () => context.solo(entry.id) });
    const info = h("button", { type: "button", class: "atlas-small", onclick: () => context.card.zone(entry.id) });
    const opacity = h("input", { type: "range", min: 10, max: 100, step: 5, value: 100, class: "atlas-opacity" });
    opacity.addEventListener("input", () => { if (layer.group) layer.group.node.style.opacity = opacity.value / 100; });
    const tools = h("div", { class: "atlas-layer-tools", hidden: true }, info, solo, opacity);
    const more = h("button", { type: "button", class: "atlas-more", "aria-expanded": "false", onclick: () => { tools.hidden = !tools.hidden; more.setAttribute("aria-expanded", String(!tools.hidden)); } }, "⋯");
    const row = h("div", { class: "atlas-layer" }, h("label", {}, box, swatch(layer), name), more, note, tools);
    rows.push({ entry, layer, row, box, name, note, solo, info, opacity, more });
    return row;
  };
  const obligationRow = (obligation) => {
    const word = h("span", { class: "atlas-status" });
    const due = h("span", { class: "atlas-due" });
    const title = h("span", { lang: "en" }, obligation.title);
    obligationRows.push({ obligation, word, due });
    return h("li", {}, title, " ", word, " ", due);
  };
  const clauseGroup = (clause) => {
    const title = h("span", { lang: "en" }, clause.title);
    const number = h("b", { class: "atlas-number" }, String(clause.number));
    const light = h("button", { type: "button", class: "atlas-clause", "data-clause": clause.number, "aria-pressed": "false", onclick: () => context.pressClause(clause.number) }, number, title);
    clauseRows.push({ clause, light });
    const layers = text.catalogue.filter((entry) => entry.under === clause.number).map(layerRow);
    const obligations = text.obligations.filter((one) => one.clause === clause.number).map(obligationRow);
    return h("section", { class: "atlas-clause-group" }, light, h("ul", { class: "atlas-obligations" }, obligations), layers);
  };

  const heading = h("h3");
  const all = h("button", { type: "button", class: "atlas-small", onclick: () => context.set({ layers: [...context.schemaLayers] }) });
  const none = h("button", { type: "button", class: "atlas-small", onclick: () => context.set({ layers: [] }) });
  const usual = h("button", { type: "button", class: "atlas-small", onclick: () => context.set({ layers: context.usualLayers }) });
  const knownLabel = h("span");
  const known = h("input", { type: "date", class: "atlas-date", min: text.coverage[0], max: text.coverage[1], onchange: () => context.show({ ...context.state, known: known.value || null }) });
  const others = text.catalogue.filter((entry) => entry.under === null && entry.draw !== "control" && (entry.draw !== "raster" || context.parts.base.hasRelief));
  node.append(
    h("section", { class: "atlas-clause-group" }, h("div", { class: "atlas-row" }, all, none, usual), h("label", { class: "atlas-known" }, knownLabel, known), text.catalogue.filter((entry) => entry.draw === "control").map(layerRow)),
    ...text.clauses.map(clauseGroup),
    h("section", { class: "atlas-clause-group" }, heading, others.map(layerRow), context.parts.tilesBox.node),
  );

  const words = () => {
    const { t } = context.words;
    const { zones } = context.parts;
    Atlas.write(heading, t("No clause governs these"));
    Atlas.write(knownLabel, t("As known on"));
    Atlas.write(all, t("all"));
    Atlas.write(none, t("none"));
    Atlas.write(usual, t("usual"));
    for (const one of rows) {
      Atlas.write(one.name, zones.nameOf(one.entry.id));
      Atlas.write(one.solo, t("Only this"));
      Atlas.write(one.info, t("About it"));
      one.more.setAttribute("aria-label", t("More about {layer}", { layer: zones.nameOf(one.entry.id) }));
      one.solo.setAttribute("aria-label", t("Only {layer}", { layer: zones.nameOf(one.entry.id) }));
      one.info.setAttribute("aria-label", t("About {layer}", { layer: zones.nameOf(one.entry.id) }));
      one.opacity.setAttribute("aria-label", t("Opacity of {layer}", { layer: zones.nameOf(one.entry.id) }));
    }
  };

  const spellWords = (id) => {
    const { t, date } = context.words;
    return context.parts.zones.spellsOf(id).map(([since, until]) => {
      if (!since && until === "9999") return "";
      if (!since) return t("holds until {day}", { day: date(until) });
      return until === "9999" ? t("holds from {day}", { day: date(since) }) : t("holds from {since} to {until}", { since: date(since), until: date(until) });
    }).join("; ");
  };

  const update = () => {
    const { t } = context.words;
    const { state } = context;
    const { zones } = context.parts;
    if (known.value !== (state.known || "")) known.value = state.known || "";
    for (const { obligation, word, due } of obligationRows) {
      const row = Atlas.statusOf(obligation, state.on, state.known);
      Atlas.write(word, t(Atlas.statusWord(row.status)));
      Atlas.flag(word, "data-status", row.status);
      Atlas.write(due, row.status === "not-in-force" ? "" : Atlas.deadlineText(context, obligation, row));
    }
    for (const { clause, light } of clauseRows) Atlas.flag(light, "aria-pressed", String(state.clause === clause.number));
    for (const { entry, row, box, note } of rows) {
      box.checked = state.layers.includes(entry.id);
      const dated = entry.draw !== "control" && entry.draw !== "raster" && entry.id !== "events";
      const holds = !dated || zones.items.some((item) => item.layer.id === entry.id && item.shown);
      row.classList.toggle("is-absent", !holds);
      Atlas.write(note, holds ? "" : spellWords(entry.id) || t("nothing drawn"));
    }
  };
  return { node, words, update };
};
