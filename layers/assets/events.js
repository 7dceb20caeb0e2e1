// Events as points at their places: those of the day, or of the time between two days that are compared.

Atlas.eventPoints = (context) => {
  const { ground, text } = context;
  const places = new Map(text.places.map((place) => [place.id, place]));
  const layer = ground.layers.get("events");
  const items = [];
  if (!layer) return { paint: () => {}, shown: () => [] };
  for (const event of text.events) {
    for (const id of event.places || []) {
      const place = places.get(id);
      if (!place) continue;
      const path = new Atlas.Symbol([place.lat, place.lon], { renderer: ground.renderer, interactive: false, className: "atlas-shape atlas-point", color: "#fff", weight: 1.5, fillColor: layer.style.hue, fillOpacity: 1, radius: 6, symbol: "circle" });
      items.push({ event, place, path, shown: null });
    }
  }
  items.forEach(({ path, event, place }) => {
    path.addTo(ground.map);
    layer.group.node.append(path._path);
    const attributes = { "data-zone": "events", "data-event": event.id, tabindex: "0", role: "button" };
    for (const [name, value] of Object.entries(attributes)) path._path.setAttribute(name, value);
    path._path.classList.add("is-absent");
  });
  const paint = (state) => {
    for (const item of items) {
      const { first, day } = item.event;
      const shown = state.from ? state.from < day && first <= state.on : first <= state.on && state.on <= day;
      if (shown === item.shown) continue;
      item.shown = shown;
      item.path._path.classList.toggle("is-absent", !shown);
      if (shown) item.path._path.setAttribute("aria-label", `${item.event.title}, ${context.words.name(item.place.names)}, ${context.words.edtf(item.event.date)}`);
    }
  };
  return { paint, shown: () => items.filter((item) => item.shown) };
};
