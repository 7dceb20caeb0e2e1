// Decodes the shared topology (layers/map/flat_arcs.py): arcs of differences; a ring lists arcs, ~n is arc n backwards.

Atlas.decode = ({ transform: [sx, sy, x0, y0], arcs, objects }) => {
  const points = arcs.map((flat) => {
    const found = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i];
      y += flat[i + 1];
      found.push([y0 + y * sy, x0 + x * sx]);
    }
    return found;
  });
  const line = (numbers) => numbers.reduce((found, number) => {
    const arc = points[number < 0 ? ~number : number];
    if (!arc) throw new Error(`the topology has no arc ${number}`);
    const part = number < 0 ? arc.slice().reverse() : arc;
    found.push(...(found.length ? part.slice(1) : part));
    return found;
  }, []);
  const shape = ([kind, parts, properties]) => ({
    ...properties,
    latlngs: parts.map((part) => (kind === "a" ? part.map(line) : line(part))),
  });
  return Object.fromEntries(Object.entries(objects).map(([name, shapes]) => [name, shapes.map(shape)]));
};

// Whether a point lies in an area (even-odd rule over all rings).
Atlas.inside = (latlngs, lat, lng) => {
  let odd = false;
  for (const ring of latlngs.flat()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [y1, x1] = ring[i];
      const [y2, x2] = ring[j];
      if (y1 > lat !== y2 > lat && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) odd = !odd;
    }
  }
  return odd;
};

// Distance in metres from a point to lines, on a plane that touches the earth there (as geodata.control does).
Atlas.metresTo = (latlngs, lat, lng) => {
  const stretch = Math.cos((lat * Math.PI) / 180);
  let best = Infinity;
  for (const line of latlngs) {
    for (let i = 1; i < line.length; i += 1) {
      const [ay, ax, by, bx] = [line[i - 1][0] - lat, (line[i - 1][1] - lng) * stretch, line[i][0] - lat, (line[i][1] - lng) * stretch];
      const [dx, dy] = [bx - ax, by - ay];
      const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(ax + along * dx, ay + along * dy));
    }
  }
  return best * 111195;
};
