// Parts that few readers use stand in a second file (more.txt), fetched when the first of them is asked for. The
// self-contained document holds both, so there a part is made at once.

Atlas.later = (context) => {
  const { options, parts, text } = context;
  let coming = null;

  const fetchMore = () => new Promise((done, fail) => {
    const src = new URL(text.more_file, new URL(options.bundleUrl || "", document.baseURI));
    document.head.append(Atlas.h("script", { src, onload: done, onerror: () => { coming = null; fail(); } }));
  });
  const make = (name) => {
    if (!parts[name]) {
      parts[name] = Atlas[name](context);
      if (parts[name].words) parts[name].words();
    }
    return parts[name];
  };
  // use("table", (table) => …): hands over the part, now or when it is here.
  return (name, then = () => {}) => {
    if (!Atlas[name] && window.atlasMore) window.atlasMore(Atlas);
    if (Atlas[name]) { then(make(name)); return; }
    coming ||= fetchMore();
    coming.then(() => { if (context.alive) context.use(name, then); }, () => context.say(context.words.t("This part of the map can't be loaded; check the connection and try again.")));
  };
};

// What stands in place of such parts until then: the field of the search, the heading of the basemaps.
Atlas.searchBox = (context) => {
  const field = Atlas.h("input", { type: "search", class: "atlas-search", autocomplete: "off", onfocus: () => context.use("search") });
  const words = () => {
    const { t } = context.words;
    field.placeholder = t("Find a place");
    field.setAttribute("aria-label", t("Find a place in any of its names"));
  };
  return { node: Atlas.h("div", { class: "atlas-searchbox" }, field), field, words };
};

Atlas.tilesBox = (context) => {
  const title = Atlas.h("summary", { onclick: () => context.use("tiles", (tiles) => node.append(...tiles.nodes)) });
  const node = Atlas.h("details", {}, title);
  return { node, words: () => Atlas.write(title, context.words.t("Basemap of others")) };
};
