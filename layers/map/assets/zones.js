// Zone layers, lines and points: shown while they hold, hatched by the status of their obligation.

Atlas.zones = (context) => {
  const { ground, patterns, text } = context;
  const obligations = new Map(text.obligations.map((one) => [one.id, one]));
  const items = [];
  for (const layer of ground.layers.values()) {
    if (layer.draw === "control" || layer.id === "events") continue;
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
      items.push({ layer, zone, shape, node, nodes: shape.paths.map((one) => one._path), shown: false });
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

  const unnamed = new Set();
  const late = []; // what changes in layers that are off: nobody sees it, so it waits until after the paint
  let now = null;
  const name = () => {
    late.splice(0).forEach((change) => wear(...change));
    unnamed.forEach((item) => item.node.setAttribute("aria-label", label(item, statusOf(item.layer.id, now))));
    unnamed.clear();
  };

  // Paints a day: which shapes hold, and what their status looks like. Look 0 is absent, 1 is without status.
  const WORDS = ["none", ...Object.keys(text.styles.statuses)];
  const hatch = ({ style }, look) => patterns.hatch(style, look > 1 ? WORDS[look - 1] : "met");
  const wear = (item, look, before) => {
    if ((look > 0) !== item.shown || before === 255) {
      item.shown = look > 0;
      item.nodes.forEach((node) => node.classList.toggle("is-absent", !item.shown));
    }
    if (!item.shown) return;
    const word = WORDS[look - 1];
    unnamed.add(item);
    item.node.setAttribute("data-status", word);
    if (item.layer.draw === "area") item.node.setAttribute("fill", hatch(item.layer, look));
  };
  const looks = new Uint8Array(items.length).fill(255);
  const days = ["", ...items.flatMap(({ shape }) => [shape.since || "", shape.until || ""])];
  const flipsKnowing = (known) => {
    const statuses = new Map();
    const lookOf = (layer, day) => {
      const { id } = layer;
      const key = id + day;
      if (!statuses.has(key)) {
        const status = statusOf(id, { on: day, known });
        const look = 1 + (status ? WORDS.indexOf(status.status) : 0);
        if (layer.draw === "area") hatch(layer, look);
        statuses.set(key, look);
      }
      return statuses.get(key);
    };
    const ruled = new Set(items.map((item) => ruling(item.layer.id)));
    ruled.delete(undefined);
    const turns = [...ruled].flatMap((one) => one.timelines.flatMap((line) => [line.known, ...line.rows.map(([day]) => day)]));
    return Atlas.flips(looks, [...days, ...turns, known || ""], (i, day) => (Atlas.holds(items[i].shape, day) ? lookOf(items[i].layer, day) : 0), (i, look, before) => {
      if (items[i].layer.on || before === 255) wear(items[i], look, before);
      else late.push([items[i], look, before]);
    });
  };
  let flips = null;
  let knowing;
  const paint = (state, all) => {
    now = state;
    if (state.known !== knowing) { knowing = state.known; flips = flipsKnowing(knowing); }
    flips.paint(state.on);
    if (all) items.forEach((item) => item.shown && unnamed.add(item));
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
      if (layer.on !== on) layer.group.node.classList.toggle("is-off", !on);
      if (layer.lit !== lit) layer.group.node.classList.toggle("is-lit", lit);
      Object.assign(layer, { on, lit });
    }
    context.root.classList.toggle("has-clause", state.clause !== null);
  };

  const shownItems = () => items.filter((item) => item.shown && item.layer.on);
  return { paint, ahead: () => flips.ahead(), name, toggle, items, shownItems, spellsOf, statusOf, ruling, nameOf, clausesOf };
};

const EXTRA_NAMES = { relief: "Relief" };
// words: Relief
