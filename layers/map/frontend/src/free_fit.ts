// Fits a shape into what lies free between rectangles: as large as it goes, by its outline and not by its box alone.

/** Left, top, right, bottom in pixels. */
export type Rectangle = readonly [number, number, number, number];
export type Point = readonly [number, number];
export interface Fit {
  /** How much larger the shape gets, and where its upper left corner goes. */
  scale: number;
  corner: Point;
}
/** A shape is taken as so many rows, each from its leftmost to its rightmost point. */
const ROWS = 24;
const STEP_PX = 8;
const HALVINGS = 12;
/** What is left as air around. */
const AIR = 0.97;

/** The rows of a shape, counted from its own upper left corner, and that corner with its size. */
export function rowsOf(lines: readonly (readonly Point[])[]): { rows: Rectangle[]; from: Point; size: Point } {
  const all = lines.flat();
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const from: Point = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
  const size: Point = [
    Math.max(1, xs.reduce((a, b) => Math.max(a, b)) - from[0]),
    Math.max(1, ys.reduce((a, b) => Math.max(a, b)) - from[1]),
  ];
  const tall = size[1] / ROWS;
  const ends = Array.from({ length: ROWS }, () => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  const touch = (x: number, y: number) => {
    const row = ends[Math.max(0, Math.min(ROWS - 1, Math.floor((y - from[1]) / tall)))] as [number, number];
    row[0] = Math.min(row[0], x - from[0]);
    row[1] = Math.max(row[1], x - from[0]);
  };
  for (const line of lines)
    line.forEach(([x, y], i) => {
      const [toX, toY] = line[i + 1] ?? [x, y];
      const parts = Math.max(1, Math.ceil(Math.abs(toY - y) / tall) * 2);
      for (let part = 0; part <= parts; part += 1)
        touch(x + ((toX - x) * part) / parts, y + ((toY - y) * part) / parts);
    });
  const rows = ends.flatMap(([left = 0, right = 0], i): Rectangle[] =>
    right < left ? [] : [[left, i * tall, right, (i + 1) * tall]],
  );
  return { rows, from, size };
}

/** The largest place of a shape in a box that touches none of the covers, `most` times its size at most; null where none is. */
export function fitFree(
  { rows, size }: Pick<ReturnType<typeof rowsOf>, "rows" | "size">,
  [width, height]: Point,
  covers: readonly Rectangle[],
  most: number,
): Fit | null {
  const free = (scale: number, x: number, y: number) =>
    rows.every((row) => {
      const [left, top, right, bottom] = [
        row[0] * scale + x,
        row[1] * scale + y,
        row[2] * scale + x,
        row[3] * scale + y,
      ];
      return covers.every((over) => over[2] <= left || over[0] >= right || over[3] <= top || over[1] >= bottom);
    });
  const places = (scale: number, first: boolean): Point[] => {
    const found: Point[] = [];
    for (let y = 0; y + size[1] * scale <= height; y += STEP_PX)
      for (let x = 0; x + size[0] * scale <= width; x += STEP_PX)
        if (free(scale, x, y)) {
          found.push([x, y]);
          if (first) return found;
        }
    return found;
  };
  let [low, high] = [0, Math.min(most, width / size[0], height / size[1])];
  if (places(high, true).length) low = high;
  for (let i = 0; i < HALVINGS && low < high; i += 1) {
    const middle = (low + high) / 2;
    if (places(middle, true).length) low = middle;
    else high = middle;
  }
  const scale = low * AIR;
  const found = low > 0 ? places(scale, false) : [];
  const mean = [0, 1].map((i) => found.reduce((sum, at) => sum + (at[i] as number), 0) / found.length) as [
    number,
    number,
  ];
  const off = ([x, y]: Point) => Math.hypot(x - mean[0], y - mean[1]);
  return found.length ? { scale, corner: found.reduce((best, at) => (off(at) < off(best) ? at : best)) } : null;
}
