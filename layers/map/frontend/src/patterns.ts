// SVG patterns: ground by holder (hue with lines or dots), doubt between two holders, and the hatch of a zone by status.

import { s } from "./dom.ts";
import type { ControllerStyle, LayerStyle, Span, StatusStyle } from "./payload.ts";

export interface Patterns {
  /** Ground held by somebody. */
  holder(id: string): string;
  /** Ground whose holder is not certain: broad bands of both, the likelier one broader. */
  doubt(id: string, other: string | undefined): string;
  /** Ground as a span says. */
  span(span: Span): string;
  /** Ground that changed hands: the new holder's hue, hatched by what brought the change about. */
  changed(span: Span): string;
  /** The inside of a zone, by the status of its obligation. */
  hatch(style: LayerStyle, status: string): string;
}

/** `uid` keeps the ids of two maps on one page apart. */
export function createPatterns(
  defs: SVGDefsElement,
  controllers: Record<string, ControllerStyle>,
  statuses: Record<string, StatusStyle>,
  uid: number,
): Patterns {
  const made = new Map<string, string>();
  const add = (id: string, size: number, angle: number, ...marks: SVGElement[]): string => {
    const key = `atlas${uid}-${id}`;
    const known = made.get(key);
    if (known) return known;
    const attributes = {
      id: key,
      width: size,
      height: size,
      patternUnits: "userSpaceOnUse",
      patternTransform: `rotate(${angle})`,
    };
    defs.append(s("pattern", attributes, ...marks));
    made.set(key, `url(#${key})`);
    return `url(#${key})`;
  };
  const square = (size: number, fill: string) => s("rect", { width: size, height: size, fill });
  const bar = (width: number, height: number, fill: string, x = 0) => s("rect", { x, width, height, fill });
  const styleOf = (id: string): ControllerStyle => {
    const style = controllers[id];
    if (!style) throw new Error(`there is no style for ${id}`);
    return style;
  };

  const holder = (id: string): string => {
    const { fill, ink, pattern, gap = 6, angle = 0 } = styleOf(id);
    if (pattern === "lines") return add(id, gap, angle, square(gap, fill), bar(1.2, gap, ink));
    if (pattern === "dots")
      return add(id, gap, 0, square(gap, fill), s("circle", { cx: gap / 2, cy: gap / 2, r: 1.1, fill: ink }));
    return fill;
  };
  const doubt = (id: string, other: string | undefined): string => {
    const [likelier, second] = [styleOf(id), styleOf(other ?? id)];
    const bands = [
      square(14, likelier.fill),
      bar(5, 14, second.fill),
      bar(1.2, 14, likelier.line),
      bar(1.2, 14, likelier.line, 5),
    ];
    return add(`doubt-${id}-${other}`, 14, 45, ...bands);
  };
  return {
    holder,
    doubt,
    span: (span) => (span.certain ? holder(span.controller) : doubt(span.controller, span.or)),
    changed: ({ controller, cause }) => {
      const { fill, line } = styleOf(controller);
      const bars = [square(9, fill), bar(1.4, 9, line)];
      if (cause !== "clause") bars.push(bar(9, 1.4, line));
      return add(`changed-${controller}-${cause}`, 9, 45, ...bars);
    },
    hatch: ({ hue, angle }, status) => {
      const { gap = 0, line = 0, cross = false } = statuses[status] ?? {};
      if (!gap || angle === null || angle === undefined) return "transparent";
      const bars = [bar(line, gap, hue)];
      if (cross) bars.push(bar(gap, line, hue));
      return add(`hatch-${hue.slice(1)}-${angle}-${status}`, gap, angle, ...bars);
    },
  };
}
