// SVG patterns: ground by holder (hue with lines or dots), doubt between two holders, and the hatch of a zone by status.

Atlas.patterns = (context) => {
  const { ground, uid } = context;
  const { controllers } = ground;
  const defs = Atlas.s("defs");
  const made = new Map();
  ground.renderer._container.prepend(defs);

  const add = (id, size, angle, ...marks) => {
    const key = `atlas${uid}-${id}`;
    if (!made.has(key)) {
      defs.append(Atlas.s("pattern", { id: key, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle || 0})` }, ...marks));
      made.set(key, `url(#${key})`);
    }
    return made.get(key);
  };
  const box = (size, fill) => Atlas.s("rect", { width: size, height: size, fill });

  const holder = (id) => {
    const { fill, ink, pattern, gap, angle } = controllers[id];
    if (pattern === "lines") return add(id, gap, angle, box(gap, fill), Atlas.s("rect", { width: 1.2, height: gap, fill: ink }));
    if (pattern === "dots") return add(id, gap, 0, box(gap, fill), Atlas.s("circle", { cx: gap / 2, cy: gap / 2, r: 1.1, fill: ink }));
    return fill;
  };

  // Ground whose holder is not certain: broad bands of both, the likelier one broader.
  const doubt = (id, other) => add(`doubt-${id}-${other}`, 14, 45,
    box(14, controllers[id].fill), Atlas.s("rect", { width: 5, height: 14, fill: controllers[other || id].fill }),
    Atlas.s("rect", { width: 1.2, height: 14, fill: controllers[id].line }), Atlas.s("rect", { x: 5, width: 1.2, height: 14, fill: controllers[id].line }));

  const hatch = (style, word) => {
    const { gap, line, cross } = context.text.styles.statuses[word];
    if (!gap || style.angle === null) return "transparent";
    const bars = [Atlas.s("rect", { width: line, height: gap, fill: style.hue })];
    if (cross) bars.push(Atlas.s("rect", { width: gap, height: line, fill: style.hue }));
    return add(`hatch-${style.hue.slice(1)}-${style.angle}-${word}`, gap, style.angle, ...bars);
  };

  // Ground that changed hands: the new holder's hue, hatched by what brought the change about.
  const changed = (one) => {
    const { fill, line } = controllers[one.controller];
    const bars = [box(9, fill), Atlas.s("rect", { width: 1.4, height: 9, fill: line })];
    if (one.cause !== "clause") bars.push(Atlas.s("rect", { width: 9, height: 1.4, fill: line }));
    return add(`changed-${one.controller}-${one.cause}`, 9, 45, ...bars);
  };

  const span = (one) => (one.certain ? holder(one.controller) : doubt(one.controller, one.or));
  return { span, hatch, holder, doubt, changed };
};
