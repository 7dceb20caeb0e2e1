// What Folium's script calls: Atlas.ground once, Atlas.layer for every layer. Everything is drawn here once;
// later a date or a layer only flips attributes of what is drawn.

const NEVER_SIMPLIFIED = { smoothFactor: 0, noClip: true, interactive: false };

// Leaflet draws on whole pixels, so points that fall on the pixel before them, or on a straight line between their
// neighbours, can go without moving any line.
const needed = (ring) => {
  const kept = [];
  for (const point of ring) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last.equals(point)) continue;
    const [step, next] = [before && last.subtract(before), last && point.subtract(last)];
    if (step && step.x * next.y === step.y * next.x && step.x * next.x + step.y * next.y > 0) kept.pop();
    kept.push(point);
  }
  return kept;
};
const onPixels = { _simplifyPoints() { this._parts = this._parts.map(needed); } };
Atlas.polygon = (...given) => new (Atlas.Polygon ||= L.Polygon.extend(onPixels))(...given);
Atlas.polyline = (...given) => new (Atlas.Polyline ||= L.Polyline.extend(onPixels))(...given);

Atlas.ground = (map, data) => {
  const shapes = Atlas.decode(data);
  map.createPane("atlas").style.zIndex = 400;
  const ground = { map, ...shapes, layers: new Map(), renderer: L.svg({ pane: "atlas", padding: 0.6 }) };
  map.atlas = ground;
  ground.base = (shapes.base || []).map((shape) => ({
    ...shape,
    path: shape.kind === "coast" || !Array.isArray(shape.latlngs[0][0][0])
      ? Atlas.polyline(shape.latlngs, { ...NEVER_SIMPLIFIED, renderer: ground.renderer, className: `atlas-base is-${shape.kind}`, fill: false })
      : Atlas.polygon(shape.latlngs, { ...NEVER_SIMPLIFIED, renderer: ground.renderer, className: `atlas-base is-${shape.kind}`, stroke: false, fillOpacity: 1 }),
  }));
  Atlas.group(ground, "base", ground.base.map((shape) => shape.path)).addTo(map);
  return ground;
};

// A Leaflet layer whose paths stand in an SVG group of their own.
Atlas.group = (ground, id, paths) => {
  const group = L.featureGroup(paths);
  const add = group.onAdd;
  group.onAdd = function onAdd(map) {
    add.call(this, map);
    this.node = Atlas.s("g", { "data-layer": id });
    ground.renderer._rootGroup.append(this.node);
    this.node.append(...paths.map((path) => path._path));
  };
  return group;
};

Atlas.layer = (ground, drawing) => {
  const shapes = Atlas.drawers[drawing.draw](ground, drawing);
  const group = Atlas.group(ground, drawing.id, shapes.flatMap((shape) => shape.paths));
  ground.layers.set(drawing.id, { ...drawing, shapes, group });
  return group;
};

const polygon = (ground, latlngs, options) => Atlas.polygon(latlngs, { ...NEVER_SIMPLIFIED, renderer: ground.renderer, fillOpacity: 1, ...options });
const polyline = (ground, latlngs, options) => Atlas.polyline(latlngs, { ...NEVER_SIMPLIFIED, renderer: ground.renderer, fill: false, ...options });

Atlas.drawers = {
  control: (ground, { controllers, edges }) => {
    ground.controllers = controllers;
    const pieces = ground.pieces.map((piece) => {
      piece.path = polygon(ground, piece.latlngs, { className: "atlas-shape atlas-piece", weight: 0.8 });
      return { ...piece, paths: [piece.path] };
    });
    const lines = ground.edges.map((edge) => {
      const style = edges.find((one) => edge.accuracy_m <= one.within_m);
      edge.precision = style.id;
      edge.path = polyline(ground, edge.latlngs, { className: "atlas-edge", weight: style.width, dashArray: style.dash || null });
      return { ...edge, paths: [edge.path] };
    });
    return [...pieces, ...lines];
  },
  area: (ground, { id, style }) => (ground.zones || []).filter((zone) => zone.zone === id).map((zone) => ({
    ...zone,
    paths: [polygon(ground, zone.latlngs, { className: "atlas-shape atlas-zone", color: style.hue, weight: style.width, dashArray: style.dash || null, fill: style.angle !== null })],
  })),
  line: (ground, { id, style }) => (ground.lines || []).filter((line) => line.zone === id).map((line) => ({
    ...line,
    paths: [polyline(ground, line.latlngs, { className: "atlas-shape atlas-line", color: style.hue, weight: style.width, dashArray: Atlas.dash(style, line), lineCap: "round" })],
  })),
  point: (ground, { points, style }) => points.map((point) => {
    const symbol = new Atlas.Symbol(point.at, { renderer: ground.renderer, interactive: false, className: "atlas-shape atlas-point", color: "#fff", weight: 1.5, fillColor: style.hue, fillOpacity: 1, radius: 7, symbol: style.symbol });
    const doubt = point.accuracy_m > 1000
      ? [L.circle(point.at, { renderer: ground.renderer, interactive: false, className: "atlas-doubt", color: style.hue, weight: 1, dashArray: "2 4", fillColor: style.hue, fillOpacity: 0.07, radius: point.accuracy_m })]
      : [];
    return { ...point, paths: [...doubt, symbol] };
  }),
};

// A line that is known less exactly is dashed more finely; a schematic one keeps its own dots.
Atlas.dash = (style, line) => {
  if (style.dash || line.basis === "schematic") return style.dash || "1 7";
  if (line.accuracy_m <= 300) return null;
  return line.accuracy_m <= 1500 ? "12 5" : "3 6";
};

Atlas.outline = {
  circle: ({ x, y }, r) => `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: ({ x, y }, r) => `M${x - r},${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
  diamond: ({ x, y }, r) => `M${x},${y - r * 1.3}l${r * 1.3},${r * 1.3}l${-r * 1.3},${r * 1.3}l${-r * 1.3},${-r * 1.3}z`,
  triangle: ({ x, y }, r) => `M${x},${y - r * 1.2}l${r * 1.2},${r * 2.1}h${-r * 2.4}z`,
};
