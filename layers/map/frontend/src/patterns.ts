// How ground is filled: by holder (a hue, or dots), hatched where the holder is not certain, and a zone by its status.

import { s } from "./dom.ts";
import type { ControllerStyle, LayerStyle, Span, Styles } from "./payload.ts";

export interface Patterns {
  /** Ground held by somebody; faint: beside what changed hands. */
  holder(id: string, faint?: boolean): string;
  /** Ground whose holder is not certain: broad bands of both, the likelier one broader. */
  doubt(id: string, other: string | undefined, faint?: boolean): string;
  /** Ground as a span says. */
  span(span: Span, faint?: boolean): string;
  /** Ground that changed hands: the new holder's hue, stronger where no clause brought the change about. */
  changed(span: Span): string;
  /** Hue and opacity of a zone, by the status of its obligation. */
  zone(style: LayerStyle, status: string | undefined): { hue: string; tint: number };
}

/** A colour on paper: what lies under the map does not shine through, so that the legend can show the same. */
const pale = (colour: string) => `color-mix(in srgb, ${colour} 45%, #fffefb)`;

/** `uid` keeps the ids of two maps on one page apart. */
export function createPatterns(
  defs: SVGDefsElement,
  controllers: Record<string, ControllerStyle>,
  { statuses, doubt: { angle, gap: every, width, edge } }: Styles,
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
  const styleOf = (id: string, faint = false): ControllerStyle => {
    const style = controllers[id];
    if (!style) throw new Error(`there is no style for ${id}`);
    return faint ? { ...style, fill: pale(style.fill), ink: pale(style.ink), line: pale(style.line) } : style;
  };

  const holder = (id: string, faint = false): string => {
    const { fill, ink, pattern, gap = 6 } = styleOf(id, faint);
    if (pattern === "dots")
      return add(
        `${id}${faint}`,
        gap,
        0,
        square(gap, fill),
        s("circle", { cx: gap / 2, cy: gap / 2, r: 1.1, fill: ink }),
      );
    return fill;
  };
  const doubt = (id: string, other: string | undefined, faint = false): string => {
    const [likelier, second] = [styleOf(id, faint), styleOf(other ?? id, faint)];
    const bands = [
      square(every, likelier.fill),
      bar(width, every, second.fill),
      bar(edge, every, likelier.line),
      bar(edge, every, likelier.line, width),
    ];
    return add(`doubt-${id}-${other}-${faint}`, every, angle, ...bands);
  };
  return {
    holder,
    doubt,
    span: (span, faint) => (span.certain ? holder(span.controller, faint) : doubt(span.controller, span.or, faint)),
    changed: ({ controller, cause }) => {
      const { ink, line } = styleOf(controller);
      return cause === "clause" ? ink : `color-mix(in srgb, ${ink} 55%, ${line})`;
    },
    zone: ({ hue, outline }, status) => {
      const look = statuses[status ?? "open"];
      return { hue: look?.hue ?? hue, tint: outline ? 0 : (look?.tint ?? 0) };
    },
  };
}
