// Mounts the map.
//
//   const handle = atlasMount(element, options)
//     options.bundle | bundleUrl   the texts (text.json), as a value or an address
//     options.sources              the register of sources; without it, the file beside bundleUrl is fetched after the first paint
//     options.words | wordsUrl     {az: {...}} or {az: "words-az.json"}: interface words of the other languages
//     options.reliefUrl            the relief picture, or nothing
//     options.state, options.rev   where to begin; a later update() with a higher rev moves the map
//     options.onState(state, rev)  called 300 ms after the last change
//     options.chrome               "page" (inside another page), "document" (owns the window and its address), "bare" (map only)
//   handle.ready     resolves when the first map is painted, or rejects with what is wrong
//   handle.show(s)   takes part of a state or a whole one; resolves when painted
//   handle.state()   the state now
//   handle.update({state, rev})   moves the map if rev is higher than any seen
//   handle.destroy() takes the map down; the element can be mounted again
//
// Leaflet, this script and the ground (window.atlasDraw, which Folium rendered) must be loaded. Nothing else is needed.

let mounted = 0;

Atlas.mount = (element, options = {}) => {
  const context = { options, uid: (mounted += 1), state: {}, parts: {}, alive: true };
  const { h } = Atlas;
  const bare = options.chrome === "bare";
  const root = h("div", { class: "atlas", "data-chrome": options.chrome || "page" });
  context.root = root;
  element.replaceChildren(root);
  let rev = options.rev || 0;

  const ready = (async () => {
    const text = options.bundle || await read(options.bundleUrl);
    if (!context.alive) return;
    build(context, text);
    await Atlas.painted();
  })();
  ready.catch((error) => {
    console.error(error);
    root.replaceChildren(h("p", { class: "atlas-failure", role: "alert" }, `The map can't be shown: its data are damaged or missing (${error.message}). Reload the page; if that does not help, rebuild the map's files.`));
  });

  const handle = {
    ready,
    map: () => context.map,
    show: async (state) => { await ready; if (context.alive) context.show({ ...context.state, ...Object(state) }, { said: Object(state) }); await Atlas.painted(); },
    state: () => JSON.parse(JSON.stringify(context.state)),
    update: async (news) => {
      if (news.onState) options.onState = news.onState;
      if (!(news.rev > rev)) return;
      rev = news.rev;
      await handle.show(news.state);
    },
    destroy: () => {
      context.alive = false;
      (context.ends || []).forEach((end) => end());
      if (context.map) context.map.remove();
      if (window.atlas === handle) delete window.atlas;
      root.remove();
    },
  };
  context.report = () => { if (options.onState && context.alive) options.onState(handle.state(), rev); };
  if (!bare) window.atlas = handle;
  return handle;
};

const read = async (url) => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
};

const build = (context, text) => {
  const { h } = Atlas;
  const { options, root } = context;
  const bare = options.chrome === "bare";
  const whole = options.chrome === "document";
  context.text = text;
  context.events = new Map(text.events.map((event) => [event.id, event]));
  context.ends = [];
  context.sources = options.sources || {};
  const schema = Atlas.schema(text.schema);
  context.schemaLayers = text.schema.layers;
  const [begin, notices] = whole && !options.state ? schema.fromHash(window.location.hash) : schema.fromValues(options.state || {});
  context.state = begin;
  context.usualLayers = schema.parse({})[0].layers;
  context.words = Atlas.words(context);

  // The skeleton.
  context.mapBox = h("div", { class: "atlas-map", role: "region" });
  context.stage = h("div", { class: "atlas-stage" }, context.mapBox);
  context.twin = h("div", { class: "atlas-twin" });
  const day = h("h2", { class: "atlas-day" });
  const latest = h("span");
  const headline = h("span", { lang: "en" });
  const what = h("p", { class: "atlas-what" }, latest, headline);
  const sovereignty = h("p", { class: "atlas-sovereignty" });
  const notice = h("div", { class: "atlas-notice", role: "status" });
  const live = h("p", { class: "atlas-live", "aria-live": "polite" });
  context.say = (sentence) => { live.textContent = sentence; };

  // Folium's script makes the map in the element that this Leaflet hands it.
  Atlas.Symbol = Atlas.Symbol || L.CircleMarker.extend({
    _updatePath() { this._renderer._setPath(this, this._empty() ? "M0 0" : Atlas.outline[this.options.symbol || "circle"](this._point, this._radius)); },
  });
  root.append(context.stage);
  const here = Object.assign(Object.create(L), { map: (id, settings) => L.map(context.mapBox, settings) });
  context.map = window.atlasDraw(here, Atlas);
  const { map } = context;
  context.ground = map.atlas;
  const { ground } = context;
  // The whole area: the zones of the statement, beside the legend where that stands open.
  context.home = () => {
    const { x, y } = map.getSize();
    const legend = parts.legend?.node.open && !root.classList.contains("is-print") ? Math.max(0, Math.min(250, x - 1.1 * y)) : 0;
    map.fitBounds(home(), { animate: false, paddingTopLeft: [8, x < 480 ? 54 : 8], paddingBottomRight: [8 + legend, 24] });
  };
  const home = () => ["agdam", "kalbajar", "lachin", "lachin-corridor", "nakhchivan-link"].flatMap((id) => ground.layers.get(id)?.shapes || [])
    .reduce((box, shape) => box.extend(shape.paths.at(-1).getBounds()), L.latLngBounds([]));

  const { parts } = context;
  parts.patterns = Atlas.patterns({ ...context, ground });
  parts.control = Atlas.control({ ...context, patterns: parts.patterns, get words() { return context.words; } });
  parts.zones = Atlas.zones({ ...context, patterns: parts.patterns });
  parts.events = Atlas.eventPoints(context);
  parts.labels = Atlas.labels(context);

  const paint = (changed) => {
    const { state } = context;
    const words = changed.has("lang") || changed.has("names");
    let moved = [];
    if (changed.has("layers") || changed.has("clause")) parts.zones.toggle(state);
    if (changed.has("on") || words) moved = parts.control.paint(state.on, words);
    if (changed.has("on") || changed.has("known") || words) parts.zones.paint(state, words);
    if (words || ["on", "from", "layers", "clause"].some((key) => changed.has(key))) parts.events.paint(state, words);
    if (changed.has("from") || (state.from && (changed.has("on") || words))) parts.control.compare(parts.compare?.layout() ? null : state.from, state.on);
    if (parts.time && (changed.has("on") || words)) parts.time.paint(state.on);
    return moved;
  };

  const drawn = [parts.control, parts.zones, parts.events];
  const name = () => drawn.forEach((part) => part.name());

  if (bare) {
    paint(new Set(Object.keys(begin)));
    context.set = (patch) => { context.state = { ...context.state, ...patch }; paint(new Set(Object.keys(patch))); name(); };
    context.show = (state) => context.set(schema.fromValues(state)[0]);
    map.invalidateSize();
    parts.labels.draw();
    return;
  }

  parts.base = Atlas.base(context);
  parts.legend = Atlas.legend(context);
  parts.time = Atlas.time(context);
  context.use = Atlas.later(context);
  parts.searchBox = Atlas.searchBox(context);
  parts.tilesBox = Atlas.tilesBox(context);
  parts.panel = Atlas.panel(context);
  parts.card = context.card = Atlas.card(context);
  parts.tongue = Atlas.tongue(context);
  parts.keyboard = Atlas.keyboard(context);
  context.tabs = Atlas.tabs(context, { layers: parts.panel.node, card: parts.card.node, compare: null, table: null });

  const skip = h("a", { class: "atlas-skip", href: "#", onclick: (press) => { press.preventDefault(); context.tabs.focus(); } });
  context.stage.append(parts.searchBox.node, parts.legend.node);
  root.replaceChildren(
    ...(whole ? [h("h1", { class: "atlas-hidden", lang: "en" }, text.title)] : []),
    skip,
    h("header", { class: "atlas-head" }, h("div", {}, day, what), h("div", { class: "atlas-aside" }, parts.tongue.node, sovereignty)),
    h("div", { class: "atlas-maps" }, context.twin, context.stage),
    parts.time.node, notice, parts.base.credits, live,
    h("aside", { class: "atlas-side" }, context.tabs.bar, context.tabs.box),
  );

  const warn = (found) => {
    if (!found.length) return;
    notice.replaceChildren(...found.map((one) => h("p", {}, schema.sentence(context.words.t, one))), h("button", { type: "button", class: "atlas-close", "aria-label": context.words.t("Close"), onclick: () => notice.replaceChildren() }, "×"));
  };

  const speak = () => {
    const { t, date } = context.words;
    root.lang = context.state.lang;
    skip.textContent = t("Skip the map");
    sovereignty.textContent = t("Control is not sovereignty: colours say who held the ground, not whose it is.");
    context.mapBox.setAttribute("aria-label", t("Map"));
    Object.values(parts).forEach((part) => part.words && part.words());
    context.tabs.words();
  };

  // What follows a change after the map is painted: lists and texts.
  let pending = new Set();
  let moved = [];
  const afterwards = Atlas.afterPaint(() => {
    if (!context.alive) return;
    const changed = pending;
    const crossed = moved;
    atRest();
    pending = new Set();
    moved = [];
    name();
    parts.time.settle(context.state.on);
    const words = changed.has("lang") || changed.has("names");
    if (words) { speak(); parts.labels.draw(); parts.time.drawYears(); }
    const dated = words || ["on", "known", "layers", "clause", "from"].some((key) => changed.has(key));
    if (!dated) return;
    parts.panel.update();
    parts.legend.update();
    parts.base.showRelief(context.state.layers.includes("relief"));
    context.tabs.update(changed);
    if (changed.has("on")) tell(crossed);
  });
  const tell = (crossed) => {
    const { t, date } = context.words;
    const found = crossed.map(({ piece, to }) => t("{area} now held by {holder}", { area: parts.control.pieceName(piece), holder: parts.control.holderName(to.controller) }));
    context.say([date(context.state.on), ...parts.time.headline(context.state.on), ...new Set(found)].join(". "));
  };
  const title = () => {
    const { date, t } = context.words;
    Atlas.write(day, date(context.state.on));
    const events = parts.time.headline(context.state.on);
    const last = events.length ? null : context.text.events.findLast((event) => event.day <= context.state.on);
    Atlas.write(latest, last ? `${t("latest, {day}:", { day: context.words.edtf(last.date) })} ` : "");
    Atlas.write(headline, last ? last.title : events.slice(0, 2).join(" · "));
    what.classList.toggle("is-quiet", !events.length);
  };

  const atRest = Atlas.atRest(() => {
    if (!context.alive) return;
    if (whole) address();
    context.report();
  }, 300);

  // Changes part of the state. Paints at once; lists follow after the paint, the address and the report at rest.
  context.set = (patch) => {
    const changed = new Set(Object.keys(patch).filter((key) => JSON.stringify(patch[key]) !== JSON.stringify(context.state[key])));
    if (!changed.size) return;
    context.state = { ...context.state, ...patch };
    if (changed.has("lang")) context.words.load(context.state.lang).then(() => { pending.add("lang"); paint(new Set(["lang"])); title(); afterwards(); });
    moved.push(...paint(changed));
    if (changed.has("on") || changed.has("lang")) title();
    if (changed.has("view") && !patch.moved) context.still(() => (patch.view ? map.setView(patch.view.slice(0, 2), patch.view[2], { animate: false }) : context.home()));
    changed.forEach((key) => pending.add(key));
    afterwards();
  };

  // Takes values from outside: the schema decides, and says what it could not use.
  context.show = (values, { said = values } = {}) => {
    const [state] = schema.fromValues(values);
    warn(schema.fromValues(said)[1]);
    context.set(state);
  };

  // Moves that are not the reader's leave the state's view alone; Leaflet tells of some of them only later.
  const where = () => { const { lat, lng } = map.getCenter(); return [Number(lat.toFixed(4)), Number(lng.toFixed(4)), Number(map.getZoom().toFixed(2))]; };
  let moving = false;
  let rest = "";
  context.still = (move) => { moving = true; move(); moving = false; rest = String(where()); };
  map.on("moveend", () => {
    const view = where();
    if (moving || String(view) === rest) return;
    rest = "";
    context.state = { ...context.state, view };
    atRest();
  });

  context.toggleLayer = (id, on) => context.set({ layers: context.schemaLayers.filter((one) => (one === id ? on : context.state.layers.includes(one))) });
  context.solo = (id) => context.set({ layers: [id] });
  context.pressClause = (number, keep) => {
    const next = context.state.clause === number ? null : number;
    context.set({ clause: next });
    if (next !== null && !keep) context.card.clause(number);
    if (next !== null) {
      const ids = parts.zones.shownItems().filter((item) => parts.zones.clausesOf(item.layer.id).includes(number));
      if (!ids.length) context.say(context.words.t("Clause {n} has nothing to draw on this day.", { n: number }));
    }
  };
  context.fly = ({ zones = [], pieces = [] }) => {
    const paths = [...zones.flatMap((id) => parts.zones.items.filter((item) => item.layer.id === id && item.shown).map((item) => item.shape.paths.at(-1))), ...pieces.map((id) => parts.control.pieces.get(id).path)];
    if (!paths.length) { context.say(context.words.t("Nothing of it is on the map on this day.")); return; }
    context.set({ layers: context.schemaLayers.filter((id) => context.state.layers.includes(id) || zones.includes(id)) });
    const bounds = paths.reduce((box, path) => box.extend(path.getBounds ? path.getBounds() : path.getLatLng()), L.latLngBounds([]));
    map.fitBounds(bounds.pad(0.15), { maxZoom: 11, animate: false });
    context.mapBox.scrollIntoView({ block: "nearest" });
  };

  if (whole) Atlas.ownWindow(context, schema, warn);
  Atlas.touch(context);
  Atlas.listen(context);

  context.still(() => {
    map.invalidateSize({ animate: false });
    parts.legend.node.open = map.getSize().x >= 760 && map.getSize().y >= 400;
    if (begin.view) map.setView(begin.view.slice(0, 2), begin.view[2], { animate: false });
    else context.home();
  });
  paint(new Set(Object.keys(begin)));
  name();
  parts.time.settle(begin.on);
  speak();
  title();
  parts.labels.draw();
  parts.time.drawYears();
  parts.panel.update();
  parts.legend.update();
  parts.base.showRelief(begin.layers.includes("relief"));
  parts.card.render();
  if (begin.lang !== "en") context.words.load(begin.lang).then(() => { pending.add("lang"); paint(new Set(["lang"])); title(); afterwards(); });
  warn(notices);
  Atlas.painted().then(() => { Atlas.atLeisure(drawn.flatMap((part) => part.ahead())); return Atlas.loadSources(context); });

  // The address of a document that owns its window: one entry per rest, and Back goes back.
  let written = window.location.hash.slice(1);
  const address = () => {
    const hash = schema.toHash(context.state);
    if (hash === written) return;
    const onlyView = hash.replace(/&?view=[^&]*/, "") === written.replace(/&?view=[^&]*/, "");
    written = hash;
    try {
      window.history[onlyView ? "replaceState" : "pushState"](null, "", `#${hash}`);
    } catch (refused) {
      if (refused.name !== "SecurityError") throw refused; // a frame without an address of its own
    }
  };
  context.readAddress = () => {
    written = window.location.hash.slice(1);
    const [state, found] = schema.fromHash(written);
    warn(found);
    context.set(state);
  };
};
