// Names on the map: greedy by rank, none over another, at any zoom.

Atlas.labels = (context) => {
  const { map, text } = context;
  const pane = map.createPane("atlasLabels");
  pane.style.zIndex = 640;
  pane.setAttribute("aria-hidden", "true");
  const entries = [
    ...text.labels.map((label) => ({ ...label, style: label.kind })),
    ...text.places.map((place) => ({ ...place, style: "place" })),
  ].sort((a, b) => (a.rank || 4) - (b.rank || 4) || (a.style === "place") - (b.style === "place"));
  const minimum = { 1: 0, 2: 7.5, 3: 9, 4: 10.25 };
  const canvas = document.createElement("canvas").getContext("2d");
  const widths = new Map();

  const width = (word, style) => {
    const key = `${style}|${word}`;
    if (!widths.has(key)) {
      canvas.font = style === "place" ? "500 13px system-ui, sans-serif" : "600 13px system-ui, sans-serif";
      widths.set(key, canvas.measureText(word).width * (style === "country" ? 1.35 : 1.05) + 6);
    }
    return widths.get(key);
  };

  // Lettering of a country or a water may move a little where something is in its way.
  const SHIFTS = [[0, 0], [0, 20], [0, -20], [-40, 0], [40, 0], [-40, 20], [40, 20]];
  const candidates = (point, w, style, room) => {
    if (style !== "place") {
      const inward = Math.max(-45, Math.min(45, Math.max(room.min.x + 6 + w / 2 - point.x, Math.min(0, room.max.x - 6 - w / 2 - point.x))));
      return SHIFTS.map(([x, y]) => [point.x - w / 2 + x + inward, point.y - 9 + y]);
    }
    return [[point.x + 6, point.y - 9], [point.x - w - 6, point.y - 9], [point.x - w / 2, point.y - 24], [point.x - w / 2, point.y + 6]];
  };

  // What stands over the map takes its room first.
  const furniture = () => {
    const box = map.getContainer().getBoundingClientRect();
    const corner = map.containerPointToLayerPoint([0, 0]);
    return [...context.stage.querySelectorAll(".atlas-tools, .atlas-searchbox, .atlas-legend, .atlas-foot")].map((node) => node.getBoundingClientRect()).filter((one) => one.width)
      .map((one) => [one.left - box.left + corner.x - 4, one.top - box.top + corner.y - 4, one.right - box.left + corner.x + 4, one.bottom - box.top + corner.y + 4]);
  };

  const draw = () => {
    const zoom = map.getZoom();
    const view = map.getPixelBounds();
    const origin = map.getPixelOrigin();
    const taken = furniture();
    const room = { min: view.min.subtract(origin), max: view.max.subtract(origin) };
    const free = (box) => box[0] >= room.min.x + 2 && box[2] <= room.max.x - 2 && box[1] >= room.min.y && box[3] <= room.max.y && taken.every((other) => box[0] > other[2] || box[2] < other[0] || box[1] > other[3] || box[3] < other[1]);
    const children = [];
    for (const entry of entries) {
      if (zoom < minimum[entry.rank || 4]) continue;
      const at = map.project([entry.lat, entry.lon]);
      if (at.x < view.min.x - 80 || at.x > view.max.x + 80 || at.y < view.min.y - 40 || at.y > view.max.y + 40) continue;
      const point = at.subtract(origin);
      const word = context.words.name(entry.names);
      const w = width(word, entry.style);
      const dot = entry.style === "place" ? [point.x - 3, point.y - 3, point.x + 3, point.y + 3] : null;
      if (dot && !free(dot)) continue;
      const spot = candidates(point, w, entry.style, room).find(([x, y]) => free([x, y, x + w, y + 17]));
      if (!spot) continue;
      taken.push([spot[0], spot[1], spot[0] + w, spot[1] + 17]);
      if (dot) {
        taken.push(dot);
        const mark = Atlas.h("span", { class: `atlas-dot rank-${entry.rank}` });
        mark.style.transform = `translate(${Math.round(point.x)}px,${Math.round(point.y)}px)`;
        children.push(mark);
      }
      const label = Atlas.h("span", { class: `atlas-name is-${entry.style} rank-${entry.rank}`, lang: context.words.nameLang(entry.names) }, word);
      label.style.transform = `translate(${Math.round(spot[0])}px,${Math.round(spot[1])}px)`;
      children.push(label);
    }
    pane.replaceChildren(...children);
  };
  map.on("zoomstart", () => pane.classList.add("is-waiting"));
  map.on("moveend zoomend resize", () => { draw(); pane.classList.remove("is-waiting"); });
  return { draw };
};
