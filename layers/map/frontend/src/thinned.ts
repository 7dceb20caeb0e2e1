// Leaflet draws on whole pixels, so most points of a line far away move nothing.

interface Point {
  x: number;
  y: number;
}

/** A line on whole pixels without the points that fall on the one before them, and without those that lie on the way
 * straight on from their neighbour before to the one after. */
export function thinned<P extends Point>(line: readonly P[]): P[] {
  const kept: P[] = [];
  for (const point of line) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last.x === point.x && last.y === point.y) continue;
    if (before && last && goesStraightOn(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function goesStraightOn(before: Point, last: Point, point: Point): boolean {
  const [stepX, stepY] = [last.x - before.x, last.y - before.y];
  const [nextX, nextY] = [point.x - last.x, point.y - last.y];
  return stepX * nextY === stepY * nextX && stepX * nextX + stepY * nextY > 0;
}
