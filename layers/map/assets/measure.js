// Measuring: the length along points, pressed on the map or set with Enter under the cross in its middle.

// Metres between two places on the WGS84 ellipsoid, by Lambert's formula of 1942: within 10 m over a thousand kilometres.
Atlas.geodesic = (from, to) => {
  const [radius, flattening, degree] = [6378137, 1 / 298.257223563, Math.PI / 180];
  const [b1, b2] = [from, to].map(({ lat }) => Math.atan((1 - flattening) * Math.tan(lat * degree)));
  const half = ((to.lng - from.lng) * degree) / 2;
  const angle = 2 * Math.asin(Math.min(1, Math.hypot(Math.sin((b2 - b1) / 2), Math.sqrt(Math.cos(b1) * Math.cos(b2)) * Math.sin(half))));
  if (!angle) return 0;
  const [p, q] = [(b1 + b2) / 2, (b2 - b1) / 2];
  const x = (angle - Math.sin(angle)) * (Math.sin(p) * Math.cos(q) / Math.cos(angle / 2)) ** 2;
  const y = (angle + Math.sin(angle)) * (Math.cos(p) * Math.sin(q) / Math.sin(angle / 2)) ** 2;
  return radius * (angle - (flattening / 2) * (x + y));
};

Atlas.measure = (context) => {
  const { h } = Atlas;
  const { map, mapBox, ground } = context;
  const style = { renderer: ground.renderer, interactive: false, className: "atlas-measured", color: "#111", weight: 2.5, fillColor: "#fff", fillOpacity: 1 };
  const line = L.polyline([], { ...style, fill: false, dashArray: "7 4" });
  const knots = L.layerGroup();
  const length = h("output", { class: "atlas-length" });
  const hint = h("p", { class: "atlas-hint" });
  const back = h("button", { type: "button", class: "atlas-small", onclick: () => take() });
  const done = h("button", { type: "button", class: "atlas-small", onclick: () => stop() });
  const node = h("div", { class: "atlas-measure", role: "group" }, length, back, done, hint);
  let points = [];
  let on = false;

  const draw = () => {
    const { t, number } = context.words;
    const metres = points.slice(1).reduce((sum, point, i) => sum + Atlas.geodesic(points[i], point), 0);
    line.setLatLngs(points);
    knots.clearLayers();
    points.forEach((point) => L.circleMarker(point, { ...style, radius: 4 }).addTo(knots));
    length.textContent = metres < 10000 ? `${number(metres)} m` : `${number(metres / 1000, 2)} km`;
    context.say(t("{n} points, {length}", { n: points.length, length: length.textContent }));
  };
  const add = (point) => {
    if (points.length && points.at(-1).equals(point)) return;
    points.push(point);
    draw();
  };
  const take = () => { points.pop(); draw(); };
  const keys = (press) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[press.key];
    const step = press.shiftKey ? 4 : 40;
    if (press.key === "Escape") stop();
    else if (press.target !== mapBox) return;
    else if (way) map.panBy([way[0] * step, way[1] * step], { animate: false });
    else if (press.key === "Enter" || press.key === " ") add(map.getCenter());
    else if (press.key === "Backspace") take();
    else return;
    press.preventDefault();
    press.stopPropagation();
  };
  const start = () => {
    on = true;
    points = [];
    context.onPress = add;
    line.addTo(map);
    knots.addTo(map);
    map.doubleClickZoom.disable();
    context.root.classList.add("is-measuring");
    context.root.addEventListener("keydown", keys, true);
    context.stage.append(node);
    mapBox.tabIndex = 0;
    mapBox.focus({ preventScroll: true });
    draw();
  };
  const stop = () => {
    on = false;
    context.onPress = null;
    line.remove();
    knots.remove();
    map.doubleClickZoom.enable();
    context.root.classList.remove("is-measuring");
    context.root.removeEventListener("keydown", keys, true);
    node.remove();
    mapBox.removeAttribute("tabindex");
    context.stage.querySelector("[data-tool=measure]").focus({ preventScroll: true });
  };
  const words = () => {
    const { t } = context.words;
    node.setAttribute("aria-label", t("Measure"));
    Atlas.write(back, t("Undo"));
    Atlas.write(done, t("Done"));
    Atlas.write(hint, t("Press on the map, or move it with the arrow keys and press Enter. Escape ends."));
    if (on) draw();
  };
  return { words, toggle: () => (on ? stop() : start()) };
};
