// Basemaps of others: off until the reader chooses one, and not part of the state, so that no link switches them on.

Atlas.tiles = (context) => {
  const { h } = Atlas;
  const { map, ground, text } = context;
  const name = `atlas${context.uid}-tiles`;
  const warning = h("p", { class: "atlas-hint" });
  const failure = h("p", { role: "status" });
  const nothing = h("span");
  const choice = (entry, label) => h("label", { class: "atlas-choice" }, h("input", { type: "radio", name, checked: !entry, onchange: () => choose(entry) }), label);
  const nodes = [warning, choice(null, nothing), ...text.tiles.map((entry) => choice(entry, `${entry.name} (${entry.host})`)), failure];
  let layer = null;

  const choose = (entry) => {
    if (layer) layer.remove();
    layer = null;
    failure.textContent = "";
    context.root.classList.toggle("has-tiles", Boolean(entry));
    context.parts.base.credit(entry ? entry.attribution : "");
    if (!entry) return;
    if (!map.getPane("atlasTiles")) map.createPane("atlasTiles").style.zIndex = 150;
    layer = L.tileLayer(entry.url, { pane: "atlasTiles", maxZoom: entry.max_zoom, referrerPolicy: "origin" });
    let seen = false;
    layer.on("tileload", () => { seen = true; });
    layer.on("tileerror", () => {
      if (!seen) context.root.classList.remove("has-tiles");
      failure.textContent = context.words.t("The tiles can't be loaded; the map goes on without them.");
    });
    layer.addTo(map);
  };
  const words = () => {
    const { t } = context.words;
    Atlas.write(nothing, t("none"));
    Atlas.write(warning, t("Such tiles show names and borders that others chose, and their host learns your address and which part of the map you look at."));
  };
  return { nodes, words };
};
