// The map by keyboard: Enter opens a card, arrows go to the neighbour in that direction, Escape leaves.

Atlas.keyboard = (context) => {
  const { mapBox, map } = context;
  let marked = [];

  const target = (node) => {
    if (node.dataset.event) return { event: node.dataset.event };
    if (node.dataset.controller) return { piece: node.dataset.zone };
    return { zone: node.dataset.zone, line: node.dataset.line, point: node.dataset.point };
  };
  const visible = () => [...mapBox.querySelectorAll("path[data-zone]")].filter((node) => node.getClientRects().length && node.getBoundingClientRect().width > 0 && getComputedStyle(node).display !== "none");
  const middle = (node) => { const box = node.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2 }; };
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // The nearest shape of the same kind whose middle lies in the direction of the key.
  const neighbour = (node, [dx, dy]) => {
    const from = middle(node);
    let best = null;
    for (const other of visible()) {
      if (other === node || Boolean(other.dataset.controller) !== Boolean(node.dataset.controller)) continue;
      const to = middle(other);
      const ahead = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      if (ahead > 1 && (!best || ahead + 2 * aside < best.cost)) best = { other, cost: ahead + 2 * aside };
    }
    return best && best.other;
  };

  mapBox.addEventListener("keydown", (press) => {
    press.stopPropagation();
    const node = press.target.closest("path[data-zone]");
    if (node && (press.key === "Enter" || press.key === " ")) {
      press.preventDefault();
      context.card.open(target(node), node);
    } else if (node && ways[press.key]) {
      press.preventDefault();
      const next = neighbour(node, ways[press.key]);
      if (next) next.focus({ preventScroll: true });
    } else if (press.key === "+" || press.key === "=") map.zoomIn();
    else if (press.key === "-") map.zoomOut();
  });
  // Thin lines and small symbols are hard to hit: a press close to one counts as a press on it.
  const near = ({ lat, lng }, reach) => {
    const pixel = (40075017 * Math.cos((lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    const { zones, events } = context.parts;
    const thin = [
      ...zones.shownItems().filter(({ layer }) => layer.draw !== "area").map(({ node, shape }) => ({ node, latlngs: shape.at ? [[shape.at, shape.at]] : shape.latlngs })),
      ...(context.ground.layers.get("events")?.on ? events.shown() : []).map(({ path, place }) => ({ node: path._path, latlngs: [[[place.lat, place.lon], [place.lat, place.lon]]] })),
    ];
    let best = { away: reach };
    for (const { node, latlngs } of thin) {
      const away = Atlas.metresTo(latlngs, lat, lng) / pixel;
      if (away < best.away) best = { node, away };
    }
    return best.node;
  };
  map.on("click", ({ latlng, originalEvent }) => {
    if (context.onPress) { context.onPress(latlng); return; }
    const hit = originalEvent.target.closest?.("path[data-zone]");
    const thin = hit && hit.matches(".atlas-line, .atlas-point");
    const node = thin ? hit : near(latlng, originalEvent.pointerType === "touch" ? 16 : 7) || hit;
    const at = { lat: latlng.lat, lng: latlng.lng };
    context.card.open(node ? { ...target(node), at } : { at }, node);
  });

  // Marks what the card is about.
  const mark = (what) => {
    marked.forEach((node) => node.classList.remove("is-open"));
    marked = !what ? [] : visible().filter((node) => {
      const own = target(node);
      return (what.piece && own.piece === what.piece) || (what.event && own.event === what.event)
        || (what.zone && own.zone === what.zone && (!what.line || own.line === what.line) && (!what.point || own.point === what.point));
    });
    marked.forEach((node) => node.classList.add("is-open"));
  };
  return { mark };
};
