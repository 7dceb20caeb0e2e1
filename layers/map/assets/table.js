// The map as a table: the same things, on the same day.

Atlas.table = (context) => {
  const { h } = Atlas;
  const node = h("div", { class: "atlas-table" });
  const link = (word, target) => h("button", { type: "button", class: "atlas-link", onclick: () => context.card.open(target) }, word);
  const make = (caption, heads, rows) => h("div", { class: "atlas-scroll", tabindex: "0", role: "region", "aria-label": caption }, h("table", {}, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((word) => h("th", { scope: "col" }, word)))), h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell)))))));

  const update = () => {
    const { t, date, brief, number, edtf } = context.words;
    const { zones, control, events } = context.parts;
    const { ground, state } = context;
    const shown = new Map();
    for (const item of zones.shownItems()) {
      const own = item.shape.names ? context.words.name(item.shape.names) : "";
      shown.set([item.layer.id, item.shape.point || own].join("|"), [item, own]);
    }
    const layers = [...shown.values()].map(([item, own]) => {
      const { id } = item.layer;
      const status = zones.statusOf(id, state);
      return [link(own || zones.nameOf(id), { zone: id, line: item.shape.line, point: item.shape.point }), zones.clausesOf(id).join(", ") || t("none"),
        status ? [t(Atlas.statusWord(status.status)), h("br"), Atlas.deadlineText(context, zones.ruling(id), status)] : ""];
    });
    const held = ground.layers.get("control").on ? ground.pieces.map((piece) => {
      const span = Atlas.spanOn(piece, state.on);
      const event = span.event && context.events.get(span.event);
      return [link(control.pieceName(piece), { piece: piece.piece }), control.holderName(span.controller) + (span.certain ? "" : ` (${t("not certain")})`), event ? brief(span.since) : t("before 1994"), number(piece.km2, piece.km2 < 100 ? 1 : 0)];
    }) : [];
    const happened = events.shown().length && ground.layers.get("events").on ? [...new Set(events.shown().map((item) => item.event))].map((event) => [edtf(event.date), link(Atlas.said(event.title), { event: event.id })]) : [];
    node.replaceChildren(
      h("p", { class: "atlas-kicker" }, t("The map of {day} as a table", { day: date(state.on) })),
      layers.length ? make(t("Layers shown"), [t("layer"), t("clauses"), t("status")], layers) : "",
      held.length ? make(t("Who holds what"), [t("area"), t("held by"), t("since"), "km²"], held) : "",
      happened.length ? make(t("Events of the day"), [t("day"), t("event")], happened) : "",
    );
  };
  return { node, update };
};
