// The legend: everything that is shown, and only that.

Atlas.legend = (context) => {
  const { h, s } = Atlas;
  const list = h("ul", { class: "atlas-legend-list" });
  const title = h("summary");
  const box = h("details", { class: "atlas-legend" }, title, list);
  box.addEventListener("toggle", () => context.parts.labels.draw());
  let signature = "";

  const swatch = (...marks) => s("svg", { class: "atlas-swatch", width: 30, height: 18, viewBox: "0 0 30 18", "aria-hidden": "true" }, ...marks);
  const area = (fill, stroke, width = 1) => swatch(s("rect", { x: 1, y: 1, width: 28, height: 16, fill, stroke, "stroke-width": width }));
  const line = (stroke, width, dash) => swatch(s("path", { d: "M1 9H29", stroke, "stroke-width": width, "stroke-dasharray": dash || "none", "stroke-linecap": "round", fill: "none" }));
  const symbol = (kind, hue) => swatch(s("path", { d: Atlas.outline[kind]({ x: 15, y: 9 }, 6), fill: hue }));

  const rows = () => {
    const { t } = context.words;
    const { control, zones, patterns, events } = context.parts;
    const { ground } = context;
    const found = [];
    const holders = ground.controllers;
    const controlOn = ground.layers.get("control").on;
    if (controlOn) {
      const spans = control.spans();
      for (const id of Object.keys(holders)) {
        if (spans.some((span) => span.controller === id && span.certain)) found.push([area(patterns.holder(id), holders[id].line), t("held by {holder}", { holder: control.holderName(id) })]);
      }
      for (const span of (control.compared() || new Map()).values()) {
        found.push([area(patterns.changed(span), holders[span.controller].line), t("changed hands, to {holder}, {cause}", { holder: control.holderName(span.controller), cause: t(Atlas.causes[span.cause]) })]);
      }
      const doubts = new Map(spans.filter((span) => !span.certain).map((span) => [`${span.controller}|${span.or}`, span]));
      for (const span of doubts.values()) found.push([area(patterns.doubt(span.controller, span.or), holders[span.controller].line), t("not certain: {holder} or {other}", { holder: control.holderName(span.controller), other: control.holderName(span.or || span.controller) })]);
      const fronts = control.fronts();
      for (const style of context.text.styles.edges) {
        if (fronts.has(style.id)) found.push([line("#26242b", style.width, style.dash), t(EDGE_WORDS[style.id])]);
      }
      found.push([line("#6d675c", 1.1, ""), t("international border")]);
    }
    const rows = new Map();
    for (const item of zones.shownItems()) {
      const { id, draw, style } = item.layer;
      const status = draw === "area" && zones.ruling(id) ? zones.statusOf(id, context.state) : null;
      const dash = draw === "line" ? Atlas.dash(style, item.shape) : style.dash;
      const key = draw === "area" ? [style.hue, style.angle, style.dash, status && status.status].join("|") : [id, dash].join("|");
      const metres = item.shape.accuracy_m || 0;
      if (rows.has(key)) {
        rows.get(key).far = Math.max(rows.get(key).far, metres);
        rows.get(key).names.add(zones.nameOf(id));
        continue;
      }
      const row = { far: metres, names: new Set([zones.nameOf(id)]) };
      rows.set(key, row);
      const scheme = item.shape.basis === "schematic" ? `, ${t("schematic")}` : "";
      const word = (status ? `: ${t(Atlas.statusWord(status.status))}` : "") + scheme;
      const picture = draw === "area" ? area(patterns.hatch(style, status ? status.status : "met"), style.hue, style.width)
        : draw === "line" ? line(style.hue, style.width, dash) : symbol(style.symbol, style.hue);
      found.push([picture, word, row, draw === "line" && item.shape.basis !== "schematic"]);
    }
    for (const entry of found) {
      if (!entry[2]) continue;
      const [, word, { names, far }, rough] = entry;
      entry[1] = [...names].join(", ") + word + (rough ? `, ${t("known to ± {km} km", { km: context.words.number(far / 1000, 1) })}` : "");
    }
    if (ground.layers.get("events")?.on && events.shown().length) {
      const { style } = ground.layers.get("events");
      found.push([symbol("circle", style.hue), zones.nameOf("events")]);
    }
    if (zones.shownItems().some((item) => item.nodes.length > 1)) found.push([swatch(s("circle", { cx: 15, cy: 9, r: 8, fill: "none", stroke: "#55514a", "stroke-dasharray": "2 3" })), t("somewhere within this circle")]);
    return found;
  };

  const update = () => {
    Atlas.write(title, context.words.t("Legend"));
    const now = rows();
    const next = JSON.stringify(now.map(([picture, word]) => word + picture.innerHTML));
    if (next === signature) return;
    signature = next;
    list.replaceChildren(...now.map(([picture, word]) => h("li", {}, picture, word)));
  };
  return { node: box, update };
};

const EDGE_WORDS = { near: "line between two holders", middle: "line known to about 1.5 km", far: "line known less exactly" };
// words: line between two holders | line known to about 1.5 km | line known less exactly
