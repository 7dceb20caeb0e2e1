// Who holds what: fills the pieces by their span on the day, and draws the edges where the holders differ.

Atlas.control = (context) => {
  const { ground, patterns, text } = context;
  const pieces = ground.pieces.map((piece) => ({ piece, node: piece.path._path, span: null }));
  const known = new Map(ground.pieces.map((piece) => [piece.piece, piece]));
  const edges = ground.edges.map((edge) => {
    const [left, right] = [known.get(edge.left), known.get(edge.right)];
    const node = edge.path._path;
    node.setAttribute("aria-hidden", "true");
    const border = edge.divides !== "inner";
    if (border) node.classList.add("is-border");
    if (border && left && right) node.parentNode.append(node);
    return { edge, node, border, inner: Boolean(left && right), shown: null };
  });

  // Lakes lie over the ground, whoever holds it.
  const waters = ground.base.filter((shape) => shape.kind === "lake").map((shape) => shape.path._path);
  ground.layers.get("control").group.node.after(Atlas.s("g", { "data-layer": "base" }, ...waters));

  const label = (piece, span) => {
    const { t, name, date, edtf } = context.words;
    const event = span.event && context.events.get(span.event);
    const clause = span.clause ? t("clause {n}", { n: span.clause }) : t("no clause");
    const since = event ? t("since {day}", { day: edtf(event.date) }) : "";
    const sure = span.certain ? "" : t("not certain");
    return [pieceName(piece), t("held by {holder}", { holder: holderName(span.controller) }), since, clause, sure].filter(Boolean).join(", ");
  };
  const holderName = (id) => context.words.t(HOLDERS[id]);
  const pieceName = (piece) => {
    const { t, name } = context.words;
    const unit = name((text.units[piece.unit] || {}).names) || piece.unit;
    if (piece.ring === "town") return t("{unit}, within 5 km of the town", { unit });
    if (piece.ring === "beyond") return t("{unit}, beyond 5 km of the town", { unit });
    return unit;
  };

  for (const { node, piece } of pieces) {
    node.setAttribute("data-zone", piece.piece);
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
  }

  const unnamed = new Set();
  const name = () => {
    unnamed.forEach((one) => one.node.setAttribute("aria-label", label(one.piece, one.span)));
    unnamed.clear();
  };

  // Paints a day; touches only what changes, and returns the pieces that changed hands.
  let changed = [];
  const holder = (id, day) => { const piece = known.get(id); return piece && Atlas.spanOn(piece, day).controller; };
  const fills = new Map(pieces.flatMap(({ piece }) => piece.spans.map((span) => [span, patterns.span(span)])));
  const wear = (one, span) => {
    const before = one.span;
    const fill = fills.get(span);
    one.span = span;
    unnamed.add(one);
    one.node.setAttribute("fill", fill);
    one.node.setAttribute("stroke", fill);
    if (!before || before.certain !== span.certain) one.node.setAttribute("data-certain", String(Boolean(span.certain)));
    if (before && before.controller === span.controller) return;
    one.node.setAttribute("data-controller", span.controller);
    if (before) changed.push({ piece: one.piece, from: before, to: span });
  };
  const flips = Atlas.flips(
    new Uint8Array(pieces.length + edges.length).fill(255),
    ["", ...[...fills.keys()].map((span) => span.since || "")],
    (i, day) => {
      if (i < pieces.length) return pieces[i].piece.spans.indexOf(Atlas.spanOn(pieces[i].piece, day || "0"));
      const { edge, inner } = edges[i - pieces.length];
      return Number(inner && holder(edge.left, day) !== holder(edge.right, day));
    },
    (i, look) => {
      if (i < pieces.length) { wear(pieces[i], pieces[i].piece.spans[look]); return; }
      const one = edges[i - pieces.length];
      one.shown = Boolean(look);
      one.node.classList.toggle("is-front", one.shown);
    },
  );
  const paint = (day, all) => {
    changed = [];
    flips.paint(day);
    if (all) pieces.forEach((one) => unnamed.add(one));
    return changed;
  };

  // Shows what changed hands after one day and up to another, or, without a first day, who holds what.
  let compared = null;
  const compare = (from, on) => {
    compared = null;
    if (from) compared = new Map();
    for (const one of pieces) {
      const before = from && Atlas.spanOn(one.piece, from);
      const crossed = from && before.controller !== one.span.controller;
      if (crossed) compared.set(`${one.span.controller}|${one.span.cause}`, one.span);
      const fill = crossed ? patterns.changed(one.span) : patterns.span(one.span);
      if (one.node.getAttribute("fill") !== fill) { one.node.setAttribute("fill", fill); one.node.setAttribute("stroke", fill); }
      one.node.classList.toggle("is-dim", Boolean(from && !crossed));
    }
  };

  const fronts = () => new Set(edges.filter((one) => one.shown && !one.border).map((one) => one.edge.precision));
  const spans = () => pieces.map((one) => one.span);
  return { paint, ahead: flips.ahead, name, compare, compared: () => compared, pieceName, holderName, spans, fronts, pieces: known, nodeOf: (id) => known.get(id).path._path, edgesNow: () => edges.filter((one) => one.shown).map((one) => one.edge) };
};

const HOLDERS = { azerbaijan: "Azerbaijan", armenia: "Armenia", "armenian-forces": "Armenian forces", peacekeepers: "Russian peacekeepers" };
