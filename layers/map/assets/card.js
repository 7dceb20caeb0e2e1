// The card: of a clause, of an area, a line or a point, of an event, or of any place clicked.

Atlas.card = (context) => {
  const { h } = Atlas;
  const { text } = context;
  const { said } = Atlas;
  const body = h("div", { class: "atlas-card-body" });
  const node = h("article", { class: "atlas-card", tabindex: "-1" }, body);
  let showing = null;
  let opener = null;

  const words = () => context.words;
  const fact = (term, ...values) => (values.flat().filter(Boolean).length ? [h("dt", {}, term), h("dd", {}, ...values)] : []);
  const sources = (ids) => Atlas.sourceList(context, ids);
  const clauseButton = (number) => h("button", { type: "button", class: "atlas-link", onclick: () => open({ clause: number }) }, words().t("clause {n}", { n: number }));
  const join = (nodes) => nodes.flatMap((one, index) => (index ? [", ", one] : [one]));
  const clausesOrNone = (numbers) => (numbers.length ? join(numbers.map(clauseButton)) : [words().t("none")]);
  const names = (all) => {
    if (!all) return null;
    const forms = ["az", "hy", "ru"].filter((lang) => all[lang] && all[lang] !== words().name(all));
    return forms.length ? h("p", { class: "atlas-names" }, join(forms.map((lang) => h("span", { lang }, all[lang])))) : null;
  };
  const eventLink = (event, before = "") => h("button", { type: "button", class: "atlas-link", onclick: () => open({ event: event.id }) }, before, said(event.title));
  const eventLine = (event) => h("li", {}, eventLink(event, `${words().edtf(event.date)}: `));
  const head = (kicker, title, extra) => [h("p", { class: "atlas-kicker" }, kicker), h("h3", {}, title), extra];
  const showOnMap = (target) => h("button", { type: "button", class: "atlas-button", onclick: () => context.fly(target) }, words().t("Show on the map"));

  const obligation = (one) => {
    const { t, date } = words();
    const { on, known } = context.state;
    const row = Atlas.statusOf(one, on, known);
    const knowledge = known || on;
    const history = (one.deadlines || []).filter((stage) => stage.announced <= knowledge && row.status !== "not-in-force");
    return h("section", { class: "atlas-duty" },
      said(one.title, "h4"),
      h("p", {}, h("span", { class: "atlas-status", "data-status": row.status }, t(Atlas.statusWord(row.status))), " ", Atlas.deadlineText(context, one, row)),
      said(one.duty, "p"),
      h("dl", {}, fact(t("owed by"), said(one.owed_by)), fact(t("owed to"), said(one.owed_to)),
        fact(t("deadline"), history.length ? h("ol", {}, history.map((stage) => h("li", {}, t("announced {day}: due {due}.", { day: date(stage.announced), due: date(stage.due) }), " ", said(stage.note)))) : null),
        fact(t("days late"), row.days_late === undefined ? null : late(row))),
      row.status === "disputed" ? (one.disputes || []).filter((dispute) => dispute.since <= on).map((dispute) => h("div", { class: "atlas-views" },
        h("p", {}, h("b", {}, t(SIDES[dispute.claim_side])), " ", said(dispute.claim)), h("p", {}, h("b", {}, t(SIDES[dispute.counter_side])), " ", said(dispute.counterclaim)), sources(dispute.sources))) : null,
      one.done && row.done ? said(one.done.note, "p") : null,
      one.ended && row.ended ? said(one.ended.note, "p") : null,
      sources([...one.sources, ...(one.deadlines || []).flatMap((stage) => stage.sources), ...((row.done && one.done.sources) || [])]));
  };
  const late = (row) => {
    const { t } = words();
    const say = (days) => (days > 0 ? t("{n} late", { n: days }) : days < 0 ? t("{n} early", { n: -days }) : t("on the day"));
    const first = row.days_late_first !== row.days_late ? `; ${t("against the first date: {days}", { days: say(row.days_late_first) })}` : "";
    return say(row.days_late) + first;
  };

  const clause = (number) => {
    const { t, edtf } = words();
    const one = text.clauses.find((item) => item.number === number);
    const zones = Object.keys(text.zones).filter((id) => (text.zones[id].clauses || []).includes(number) && text.zones[id].kind !== "group");
    const readings = text.readings.filter((reading) => reading.clause === number && reading.date.slice(0, 10) <= (context.state.known || context.state.on));
    return [
      head(t("Clause {n}", { n: number }), said(one.title)),
      said(one.paraphrase, "p"),
      h("div", { class: "atlas-row" }, showOnMap({ zones }), h("button", { type: "button", class: "atlas-button", "aria-pressed": String(context.state.clause === number), onclick: () => context.pressClause(number, true) }, t("Light up its areas"))),
      h("dl", {}, fact(t("who"), said(one.who)), fact(t("where"), said(one.where)), fact(t("time in the text"), said(one.deadline_note)), fact(t("on the map"), said(one.map_note))),
      text.obligations.filter((item) => item.clause === number).map(obligation),
      (one.variants || []).length ? h("details", {}, h("summary", {}, t("The texts compared")), one.variants.map((variant) => h("section", { lang: "en" }, h("h4", {}, variant.point),
        h("ul", {}, variant.wordings.map((wording) => h("li", {}, h("q", {}, wording.phrase), " ", (text.witnesses[wording.witness] || {}).title || wording.witness, sources(wording.sources)))),
        h("p", {}, variant.consequence)))) : null,
      readings.length ? h("details", {}, h("summary", {}, t("How the sides read it")), readings.map((reading) => h("section", {}, said(reading.title, "h4"), h("p", { class: "atlas-kicker" }, `${t(SIDES[reading.side])}, ${edtf(reading.date)}`), said(reading.text, "p"), sources(reading.sources)))) : null,
      h("h4", {}, t("What happened")), said(one.what_happened, "p"), said(one.ambiguity, "p"), sources(one.sources),
    ];
  };

  const holder = (piece, span) => {
    const { t, edtf } = words();
    const { control } = context.parts;
    const event = span.event && context.events.get(span.event);
    return h("dl", {},
      fact(t("held by"), control.holderName(span.controller), span.certain ? "" : ` (${t("not certain")}${span.or ? `: ${t("or {holder}", { holder: control.holderName(span.or) })}` : ""})`),
      fact(t("since"), event ? [`${edtf(event.date)}: `, eventLink(event)] : t("before the record begins")),
      fact(t("clause that required it"), span.event ? (span.clause ? clauseButton(span.clause) : t("none")) : null),
      fact(t("cause"), span.cause ? t(Atlas.causes[span.cause]) + (span.disputed ? `, ${t("disputed")}` : "") : null),
      fact(t("by international recognition"), t(HOLDERS[piece.sovereign])));
  };

  const piece = (id, at) => {
    const { t, number } = words();
    const found = at && Atlas.here(context, at.lat, at.lng);
    const { control } = context.parts;
    const one = control.pieces.get(id);
    const unit = text.units[one.unit] || {};
    const zones = one.zones.filter((zone) => Atlas.holds(zone, context.state.on));
    return [
      head(found ? position(at) : t("Area"), control.pieceName(one), names(unit.names)),
      holder(one, Atlas.spanOn(one, context.state.on)),
      h("dl", {}, fact(t("zones here"), zoneButtons(zones)), fact(t("clauses that apply"), clausesOrNone([...new Set(zones.flatMap((zone) => zone.clauses || []))].sort())),
        fact(t("area"), `${number(one.km2, one.km2 < 100 ? 1 : 0)} km²`), fact(t("accuracy of its outline"), accuracy(one)), fact(t("how sure"), found && !found.outside ? surety(found) : null)),
      said(unit.note, "p"),
      h("h4", {}, t("Who held it, and from when")),
      h("ol", {}, one.spans.filter((span, index) => !index || (span.certain && span.event)).map((span) => h("li", {}, `${words().date(span.since || text.coverage[0])}: ${control.holderName(span.controller)}`))),
      h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
      sources(unit.sources), showOnMap({ pieces: [id] }),
    ];
  };
  // The zones of a place, each with the status and the deadline of the obligation that rules it.
  const zoneButtons = (zones) => {
    const { zones: drawn } = context.parts;
    const line = ({ zone: id }) => {
      const status = drawn.statusOf(id, context.state);
      return h("div", {}, h("button", { type: "button", class: "atlas-link", onclick: () => open({ zone: id }) }, drawn.nameOf(id)),
        status ? [" ", h("span", { class: "atlas-status", "data-status": status.status }, words().t(Atlas.statusWord(status.status))), " ", Atlas.deadlineText(context, drawn.ruling(id), status)] : null);
    };
    return zones.length ? zones.map(line) : words().t("none");
  };
  const accuracy = (item) => {
    const { t, number } = words();
    const metres = item.accuracy_m >= 1000 ? `± ${number(item.accuracy_m / 1000, 1)} km` : `± ${item.accuracy_m} m`;
    return item.basis ? `${metres} (${t(item.basis)})` : metres;
  };

  const zone = (id, target = {}) => {
    const { t, number } = words();
    const { zones } = context.parts;
    const one = text.zones[id] || { names: { neutral: id }, clauses: [] };
    const shape = zones.items.find((item) => item.layer.id === id && (target.line ? item.shape.line === target.line : target.point ? item.shape.point === target.point : item.shown));
    const own = shape && shape.shape.names && words().name(shape.shape.names);
    const status = zones.statusOf(id, context.state);
    const events = text.events.filter((event) => (event.zones || []).includes(id) && event.first <= (context.state.known || context.state.on));
    return [
      head(one.clauses && one.clauses.length ? t("Governed by clause {n}", { n: one.clauses.join(", ") }) : t("No clause governs this"), own || zones.nameOf(id), own && own !== zones.nameOf(id) ? h("p", {}, zones.nameOf(id)) : names(one.names)),
      status ? h("p", {}, h("span", { class: "atlas-status", "data-status": status.status }, t(Atlas.statusWord(status.status))), " ", Atlas.deadlineText(context, zones.ruling(id), status)) : null,
      said(one.text, "p"), said(shape?.shape.text, "p"), said(shape?.shape.note, "p"),
      h("dl", {}, fact(t("clauses that apply"), clausesOrNone(one.clauses || [])), fact(t("accuracy"), shape && shape.shape.accuracy_m ? accuracy(shape.shape) : null),
        fact(t("length"), shape && shape.shape.km ? `${number(shape.shape.km, 0)} km` : null), fact(t("guarded by"), said(shape?.shape.guards)),
        fact(t("edition of the boundary"), said(one.edition)),
        fact(t("published areas"), (one.published_areas || []).map((area) => h("div", {}, said(area.what), `: ${number(area.km2, 1)} km²`)))),
      (one.obligations || []).map((key) => text.obligations.find((item) => item.id === key)).filter(Boolean).map(obligation),
      events.length ? h("details", {}, h("summary", {}, t("Events ({n})", { n: events.length })), h("ul", {}, events.map(eventLine))) : null,
      sources(one.sources), showOnMap({ zones: [id] }),
    ];
  };

  const event = (id) => {
    const { t, edtf } = words();
    const one = context.events.get(id);
    return [
      head(edtf(one.date), said(one.title)), said(one.text, "p"),
      one.disputed ? h("p", { class: "atlas-note" }, t("The sides' accounts differ.")) : null,
      (one.views || []).map((view) => h("div", { class: "atlas-views" }, h("p", {}, h("b", {}, t(SIDES[view.side])), " ", said(view.text)), sources(view.sources))),
      h("dl", {}, fact(t("clauses concerned"), clausesOrNone(one.clauses || []))),
      h("div", { class: "atlas-row" }, h("button", { type: "button", class: "atlas-button", onclick: () => context.set({ on: one.day < text.coverage[0] ? text.coverage[0] : one.day }) }, t("Go to this day"))),
      sources(one.sources),
    ];
  };

  const point = ({ lat, lng }) => {
    const { t } = words();
    const found = Atlas.here(context, lat, lng);
    if (found.outside) return [head(position({ lat, lng }), t("Outside Armenia and Azerbaijan")), h("p", {}, t("The record says nothing about this place."))];
    const clauses = [...new Set(found.zones.flatMap((zone) => zone.clauses || []))].sort();
    return [
      head(position({ lat, lng }), context.parts.control.pieceName(found.piece)), h("p", { class: "atlas-kicker" }, words().date(context.state.on)),
      holder(found.piece, found.span),
      h("dl", {}, fact(t("zones here"), zoneButtons(found.zones)), fact(t("clauses that apply"), clausesOrNone(clauses)), fact(t("how sure"), surety(found))),
      h("p", { class: "atlas-note" }, t("Control is not sovereignty.")),
    ];
  };
  const position = ({ lat, lng }) => `${lat.toFixed(4)}° N, ${lng.toFixed(4)}° E`;
  const surety = (found) => {
    const { t } = words();
    const km = (metres) => (metres >= 1000 ? `${words().number(metres / 1000, 1)} km` : `${Math.round(metres)} m`);
    return found.certain ? t("The position is clear of every line of control by more than the line's error.")
      : found.doubts.length ? t("Who holds this ground is in doubt; see the symbol nearby.")
        : found.span.certain ? t("The nearest line of control is {distance} away and known to {accuracy}: this place may lie on the other side.", { distance: km(found.front.metres), accuracy: `± ${km(found.front.accuracy)}` })
          : t("The day on which this ground changed hands is not certain.");
  };

  const render = () => {
    if (!showing) { body.replaceChildren(h("p", { class: "atlas-hint" }, words().t("Choose an area, a line or a clause, or click anywhere on the map."))); return; }
    const content = showing.clause ? clause(showing.clause) : showing.event ? event(showing.event)
      : showing.piece ? piece(showing.piece, showing.at) : showing.zone ? zone(showing.zone, showing) : [];
    const under = showing.at && !showing.piece ? h("section", { class: "atlas-here" }, point(showing.at)) : null;
    const close = h("button", { type: "button", class: "atlas-close", "aria-label": words().t("Close"), onclick: shut }, "×");
    body.replaceChildren(close, ...content.flat(Infinity).filter(Boolean), ...(under ? [under] : []));
  };

  const open = (target, from = document.activeElement) => {
    showing = target;
    opener = from;
    render();
    context.tabs.choose("card");
    node.scrollTop = 0;
    node.focus({ preventScroll: true });
    if (node.getBoundingClientRect().top > window.innerHeight - 120) context.tabs.bar.scrollIntoView({ block: "center" });
    context.parts.keyboard.mark(target);
    context.say(body.querySelector("h3")?.textContent || "");
  };
  const shut = () => {
    showing = null;
    render();
    context.tabs.choose("layers");
    context.parts.keyboard.mark(null);
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  };
  node.addEventListener("keydown", (press) => { if (press.key === "Escape") { press.stopPropagation(); shut(); } });

  return { node, render, open, shut, zone: (id) => open({ zone: id }), clause: (number) => open({ clause: number }), showing: () => showing };
};

const SIDES = { azerbaijan: "Azerbaijan", armenia: "Armenia", russia: "Russia", "de-facto-nk": "Nagorno-Karabakh de facto authorities" };
Atlas.causes = { clause: "by a clause of the statement", force: "by force", other: "otherwise" };
// words: surveyed | adjusted | chain of places | schematic | residual
