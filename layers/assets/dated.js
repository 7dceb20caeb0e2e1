// Things that hold from one day up to, not including, another.

Atlas.holds = (item, day) => (item.since || "") <= day && day < (item.until || "9999");

Atlas.spanOn = (piece, day) => piece.spans.find((span) => Atlas.holds(span, day));

// Every hand-over after `start` and up to `end`, as `python -m geodata changes` lists them.
Atlas.changes = (pieces, start, end) => {
  const rows = new Map();
  for (const piece of pieces) {
    for (let i = 1; i < piece.spans.length; i += 1) {
      const [before, after] = [piece.spans[i - 1], piece.spans[i]];
      if (!(start < after.since && after.since <= end) || before.controller === after.controller) continue;
      const key = [after.since, piece.unit, before.controller, after.event].join("|");
      const row = rows.get(key) || {
        date: after.since, unit: piece.unit, from: before.controller, to: after.controller, event: after.event,
        clause: after.clause, cause: after.cause, disputed: after.disputed, km2: 0, pieces: [],
      };
      row.km2 += piece.km2;
      row.pieces.push(piece.piece);
      rows.set(key, row);
    }
  }
  return [...rows.keys()].sort().map((key) => rows.get(key));
};
