// Things that hold from one day up to, not including, another.

Atlas.holds = (item, day) => (item.since || "") <= day && day < (item.until || "9999");

Atlas.spanOn = (piece, day) => piece.spans.find((span) => Atlas.holds(span, day));

Atlas.dayAfter = (day) => new Date(Date.parse(`${day}T00:00Z`) + 864e5).toISOString().slice(0, 10);

// Looks by day. How every item looks on every day that changes anything is worked out once, as small numbers, so a step
// in time compares two rows of numbers and touches only what differs.
//   shown       the look of each item now; 255 where it was never drawn
//   days        the days on which anything changes
//   look(i, d)  the look of item i on day d;  wear(i, look, before) draws it
Atlas.flips = (shown, days, look, wear) => {
  const firsts = [...new Set(days)].sort();
  const rows = firsts.map(() => null);
  const rowOf = (at) => { rows[at] ||= shown.map((_, i) => look(i, firsts[at])); return rows[at]; };
  return {
    paint: (day) => {
      const row = rowOf(Math.max(0, firsts.findLastIndex((first) => first <= day)));
      for (let i = 0; i < row.length; i += 1) {
        const before = shown[i];
        if (row[i] === before) continue;
        shown[i] = row[i];
        wear(i, row[i], before);
      }
    },
    // Work that can be done beforehand, a day at a time.
    ahead: () => firsts.map((_, at) => () => rowOf(at)),
  };
};

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
