// Events as points at their places: those of the day, or of the time between two days that are compared.

Atlas.eventPoints = (context) => {
  const { ground, text } = context;
  const places = new Map(text.places.map((place) => [place.id, place]));
  const layer = ground.layers.get("events");
  const items = [];
  if (!layer) return { paint: () => {}, ahead: () => [], name: () => {}, shown: () => [] };
  for (const event of text.events) {
    for (const id of event.places || []) {
      const place = places.get(id);
      if (!place) continue;
      const path = new Atlas.Symbol([place.lat, place.lon], { renderer: ground.renderer, interactive: false, className: "atlas-shape atlas-point", color: "#fff", weight: 1.5, fillColor: layer.style.hue, fillOpacity: 1, radius: 6, symbol: "circle" });
      items.push({ event, place, path, shown: false });
    }
  }
  items.forEach(({ path, event, place }) => {
    path.addTo(ground.map);
    layer.group.node.append(path._path);
    const attributes = { "data-zone": "events", "data-event": event.id, tabindex: "0", role: "button" };
    for (const [name, value] of Object.entries(attributes)) path._path.setAttribute(name, value);
    path._path.classList.add("is-absent");
  });
  // A day shows what happened on it; two days that are compared show all that happened between them.
  const unnamed = new Set();
  const wear = (i, look) => {
    const item = items[i];
    item.shown = Boolean(look);
    item.path._path.classList.toggle("is-absent", !look);
    if (look) unnamed.add(item);
  };
  const looks = new Uint8Array(items.length);
  const days = ["", ...items.flatMap(({ event }) => [event.first, Atlas.dayAfter(event.day)])];
  const flips = Atlas.flips(looks, days, (i, day) => Number(items[i].event.first <= day && day <= items[i].event.day), wear);
  // What nobody sees waits until the layer is on.
  let renamed = false;
  const paint = (state, all) => {
    renamed ||= all;
    if (!layer.on) return;
    if (state.from) {
      items.forEach(({ event }, i) => {
        const look = Number(state.from < event.day && event.first <= state.on);
        if (look !== looks[i]) wear(i, looks[i] = look);
      });
    } else flips.paint(state.on);
    if (renamed) items.forEach((item) => item.shown && unnamed.add(item));
    renamed = false;
  };
  const name = () => {
    for (const { path, event, place } of unnamed) path._path.setAttribute("aria-label", `${event.title}, ${context.words.name(place.names)}, ${context.words.edtf(event.date)}`);
    unnamed.clear();
  };
  return { paint, ahead: flips.ahead, name, shown: () => items.filter((item) => item.shown) };
};
