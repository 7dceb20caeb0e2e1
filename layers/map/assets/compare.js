// Two days compared: what changed hands between A and B, with km² and the events; side by side or under a swipe.

Atlas.compare = (context) => {
  const { h } = Atlas;
  const { text, ground } = context;
  const body = h("div");
  const title = h("h3");
  const fieldA = h("input", { type: "date", class: "atlas-date", min: text.coverage[0], max: text.coverage[1] });
  const labelA = h("span");
  const off = h("button", { type: "button", class: "atlas-button", onclick: () => { mode(null); context.set({ from: null }); } });
  const swipe = h("button", { type: "button", class: "atlas-button", "aria-pressed": "false", onclick: () => mode("swipe") });
  const beside = h("button", { type: "button", class: "atlas-button", "aria-pressed": "false", onclick: () => mode("beside") });
  const node = h("div", { class: "atlas-compare" }, title, h("label", {}, labelA, fieldA), h("div", { class: "atlas-row" }, swipe, beside, off), body);
  let other = null;
  let layout = null;
  const knob = h("input", { type: "range", min: 0, max: 100, value: 50, class: "atlas-knob" });
  const tags = [h("div", { class: "atlas-tag is-earlier" }), h("div", { class: "atlas-tag" })];
  const clip = () => context.stage.style.setProperty("--cut", `${knob.value}%`);
  const dates = () => [context.state.from, context.state.on].forEach((day, i) => Atlas.write(tags[i], context.words.date(day)));
  knob.addEventListener("input", clip);

  fieldA.addEventListener("change", () => { if (fieldA.value) context.show({ ...context.state, from: fieldA.value }); });

  // The second map shows day A with the same layers; it follows the first.
  const mode = (next) => {
    layout = layout === next ? null : next;
    if (layout && !context.state.from) context.set({ from: text.effect < context.state.on ? text.effect : text.coverage[0] });
    if (other) { other.handle.destroy(); other.box.remove(); other = null; context.map.off("move", follow); }
    knob.remove();
    tags.forEach((tag) => tag.remove());
    context.stage.classList.toggle("is-swiped", layout === "swipe");
    context.root.classList.toggle("is-beside", layout === "beside");
    if (layout) context.parts.legend.node.open = false;
    context.parts.control.compare(layout ? null : context.state.from, context.state.on);
    context.still(() => {
      context.map.invalidateSize({ animate: false });
      if (!context.state.view) context.home();
    });
    if (layout) {
      const box = h("div", { class: `atlas-second is-${layout}`, "aria-hidden": "true", inert: layout === "swipe" });
      (layout === "beside" ? context.twin : context.mapBox).append(box);
      const handle = Atlas.mount(box, { ...context.options, bundle: text, state: null, chrome: "bare", onState: null });
      other = { box, handle };
      if (layout === "swipe") { context.mapBox.append(knob); clip(); }
      (layout === "beside" ? context.twin : context.stage).append(tags[0]);
      context.stage.append(tags[1]);
      dates();
      context.map.on("move", follow);
      handle.ready.then(() => { second(); follow(); });
    }
    words();
  };
  const follow = () => { if (other) other.handle.map().setView(context.map.getCenter(), context.map.getZoom(), { animate: false }); };
  const second = () => {
    dates();
    if (other) other.handle.show({ ...context.state, on: context.state.from || context.state.on, from: null, view: null });
  };

  const link = (event, before = "") => h("button", { type: "button", class: "atlas-link", onclick: () => context.card.open({ event: event.id }) }, before, Atlas.said(event.title));
  const hands = (row) => {
    const { t, number, brief } = context.words;
    const { control } = context.parts;
    const event = context.events.get(row.event);
    const name = context.words.name((text.units[row.unit] || {}).names) || row.unit;
    const why = (row.clause ? t("required by clause {n}", { n: row.clause }) : t(Atlas.causes[row.cause])) + (row.disputed ? `, ${t("disputed")}` : "");
    return h("tr", {}, h("td", { class: "is-day" }, brief(row.date)),
      h("td", {}, h("b", {}, name), h("br"), `${control.holderName(row.from)} → ${control.holderName(row.to)}, ${why}`, h("br"),
        event ? link(event) : ""),
      h("td", { class: "is-number" }, number(row.km2, row.km2 < 10 ? 1 : 0)));
  };

  let told = "";
  const update = () => {
    const { t, number, date } = context.words;
    const { from, on } = context.state;
    if (fieldA.value !== (from || "")) fieldA.value = from || "";
    off.hidden = !from;
    if (!from) { told = ""; body.replaceChildren(h("p", { class: "atlas-hint" }, t("Choose an earlier day to see what changed hands since."))); return; }
    const key = [from, on, context.state.lang, context.state.names].join();
    if (key === told) { second(); return; }
    told = key;
    const rows = Atlas.changes(ground.pieces, from, on);
    const total = rows.reduce((sum, row) => sum + row.km2, 0);
    const events = text.events.filter((event) => from < event.day && event.day <= on);
    const heads = [t("day"), t("what changed hands"), "km²"];
    body.replaceChildren(
      h("p", {}, t("From {a} to {b}: {n} hand-overs, {km2} km².", { a: date(from), b: date(on), n: rows.length, km2: number(total, 0) })),
      rows.length ? h("div", { class: "atlas-scroll", tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((word) => h("th", { scope: "col" }, word)))), h("tbody", {}, rows.map(hands)))) : "",
      events.length ? h("details", {}, h("summary", {}, t("Events ({n})", { n: events.length })), h("ul", {}, events.map((event) => h("li", {}, link(event, `${context.words.edtf(event.date)}: `))))) : "",
    );
    second();
  };
  const words = () => {
    const { t } = context.words;
    Atlas.write(title, t("What changed"));
    Atlas.write(labelA, `${t("Earlier day")} `);
    Atlas.write(swipe, t("Swipe"));
    Atlas.write(beside, t("Side by side"));
    Atlas.write(off, t("Stop comparing"));
    Atlas.flag(swipe, "aria-pressed", String(layout === "swipe"));
    Atlas.flag(beside, "aria-pressed", String(layout === "beside"));
    knob.setAttribute("aria-label", t("Earlier day to the left of this line"));
  };
  return { node, update, words, layout: () => layout, destroy: () => { if (other) other.handle.destroy(); } };
};
