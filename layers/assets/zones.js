// Zone layers, lines and points: shown while they hold, hatched by the status of their obligation.

Atlas.zones = (context) => {
  const { ground, patterns, text } = context;
  const obligations = new Map(text.obligations.map((one) => [one.id, one]));
  const items = [];
  for (const layer of ground.layers.values()) {
    if (layer.draw === "control" || layer.draw === "raster") continue;
    const zone = text.zones[layer.id] || { names: { neutral: layer.id } };
    for (const shape of layer.shapes) {
      const path = shape.paths.at(-1);
      const node = path._path;
      node.setAttribute("data-zone", layer.id);
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      if (shape.line) node.setAttribute("data-line", shape.line);
      if (shape.point) node.setAttribute("data-point", shape.point);
      shape.paths.slice(0, -1).forEach((other) => other._path.setAttribute("aria-hidden", "true"));
      items.push({ layer, zone, shape, node, nodes: shape.paths.map((one) => one._path), shown: null, label: null, word: null });
    }
  }

  const clausesOf = (id) => (text.zones[id] || {}).clauses || [];
  const nameOf = (id) => context.words.name((text.zones[id] || {}).names) || context.words.t(EXTRA_NAMES[id] || id);
  const ruling = (id) => obligations.get(((text.zones[id] || {}).obligations || [])[0]);
  const statusOf = (id, state) => {
    const obligation = ruling(id);
    return obligation ? Atlas.statusOf(obligation, state.on, state.known) : null;
  };

  const label = (item, status) => {
    const { t, name } = context.words;
    const own = item.shape.names ? name(item.shape.names) : "";
    const title = nameOf(item.layer.id);
    const clauses = clausesOf(item.layer.id);
    return [
      own && own !== title ? `${title}: ${own}` : title,
      clauses.length ? t("clause {n}", { n: clauses.join(", ") }) : t("no clause"),
      status ? t(Atlas.statusWord(status.status)) : "",
    ].filter(Boolean).join(", ");
  };

  const unnamed = new Map();
  const name = () => {
    unnamed.forEach((status, item) => item.node.setAttribute("aria-label", label(item, status)));
    unnamed.clear();
  };

  // Paints a day: which shapes hold, and what their status looks like.
  const paint = (state, all) => {
    const words = new Map();
    for (const item of items) {
      const shown = item.layer.draw === "point" && item.layer.id === "events" ? false : Atlas.holds(item.shape, state.on);
      if (shown !== item.shown) {
        item.shown = shown;
        item.nodes.forEach((node) => node.classList.toggle("is-absent", !shown));
      }
      if (!shown) continue;
      const { id } = item.layer;
      if (!words.has(id)) words.set(id, statusOf(id, state));
      const status = words.get(id);
      const word = status ? status.status : "continuing";
      if (word === item.word && !all) continue;
      item.word = word;
      item.node.setAttribute("data-status", status ? status.status : "none");
      unnamed.set(item, status);
      if (item.layer.draw === "area") item.node.setAttribute("fill", patterns.hatch(item.layer.style, status ? word : "met"));
    }
  };

  // The stretches of time in which a layer has anything to show.
  const spells = (id) => {
    const found = items.filter((item) => item.layer.id === id).map((item) => [item.shape.since || "", item.shape.until || "9999"]).sort();
    return found.reduce((joined, [since, until]) => {
      const last = joined.at(-1);
      if (last && since <= last[1]) last[1] = until > last[1] ? until : last[1];
      else joined.push([since, until]);
      return joined;
    }, []);
  };
  const spellCache = new Map();
  const spellsOf = (id) => spellCache.get(id) || spellCache.set(id, spells(id)).get(id);

  // Shows the layers that are on; a clause that is lit shows its own as well.
  const toggle = (state) => {
    for (const layer of ground.layers.values()) {
      const lit = state.clause !== null && layer.draw !== "control" && clausesOf(layer.id).includes(state.clause);
      const on = state.layers.includes(layer.id) || lit;
      layer.on = on;
      layer.group.node.classList.toggle("is-off", !on);
      layer.group.node.classList.toggle("is-lit", lit);
    }
    context.root.classList.toggle("has-clause", state.clause !== null);
  };

  const shownItems = () => items.filter((item) => item.shown && item.layer.on);
  return { paint, name, toggle, items, shownItems, spellsOf, statusOf, ruling, nameOf, clausesOf };
};

const EXTRA_NAMES = { relief: "Relief" };
// words: Relief
