// What governs a point on the day shown, and how sure that is: the browser's form of `python -m geodata at`.

Atlas.here = (context, lat, lng) => {
  const { ground, state, parts } = context;
  const piece = ground.pieces.find((one) => Atlas.inside(one.latlngs, lat, lng));
  if (!piece) return { outside: true, lat, lng };
  const span = Atlas.spanOn(piece, state.on);
  let front = { metres: Infinity, accuracy: 0 };
  for (const edge of parts.control.edgesNow()) {
    const metres = Atlas.metresTo(edge.latlngs, lat, lng);
    if (metres - edge.accuracy_m < front.metres - front.accuracy) front = { metres, accuracy: edge.accuracy_m };
  }
  const doubts = parts.zones.items.filter(({ shape }) => shape.doubt_control && shape.doubt_control.unit === piece.unit
    && Atlas.holds(shape, state.on) && Atlas.metresTo([[shape.at, shape.at]], lat, lng) <= shape.accuracy_m);
  return {
    lat, lng, piece, span, front, doubts,
    zones: piece.zones.filter((zone) => Atlas.holds(zone, state.on)),
    certain: Boolean(span.certain && front.metres >= front.accuracy && !doubts.length),
  };
};
