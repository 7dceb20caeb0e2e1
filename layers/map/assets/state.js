// The state of a view: read from values or a URL, written to a URL. The schema is layers/view_state.yaml, as Python reads it.

Atlas.schema = (schema) => {
  const groups = schema.groups || {};
  const shown = (text) => String(text).slice(0, 40).replace(/[^\p{L}\p{N}_ .,:;/+*!?'"()<>=&%#@-]/gu, "\ufffd");

  const readers = {
    day: (rule, text, before, refuse) => {
      const day = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`);
      if (!day || Number.isNaN(+day) || day.toISOString().slice(0, 10) !== text) return refuse("not-a-day");
      if (text < schema.start) return refuse("before-record", { start: schema.start });
      let found = text;
      if (text > schema.end) { refuse("after-record", { end: schema.end }); found = schema.end; }
      if (rule.not_after && found > before[rule.not_after]) return refuse("after-on", { on: before[rule.not_after] });
      return found;
    },
    clause: (rule, text, before, refuse) => (/^[1-9]$/.test(text) ? Number(text) : refuse("unknown-clause")),
    choice: (rule, text, before, refuse) => (rule.choices.includes(text) ? text : refuse("unknown-choice")),
    view: (rule, text, before, refuse) => {
      const parts = text.split(",");
      const numbers = parts.map(Number);
      const fits = parts.length === 3 && parts.every((part) => /^-?\d{1,3}(\.\d{1,12})?$/.test(part))
        && numbers.every((number, i) => number >= rule.bounds[i][0] && number <= rule.bounds[i][1]);
      return fits ? numbers.map((number, i) => Number(number.toFixed(rule.decimals[i]))) : refuse("bad-view");
    },
    layers: (rule, text, before, refuse) => {
      if (text === "none") return [];
      const chosen = new Set();
      let wrong = 0;
      for (const id of text.split(",").filter(Boolean)) {
        if (schema.layers.includes(id)) chosen.add(id);
        else if (Object.hasOwn(groups, id)) groups[id].forEach((member) => chosen.add(member));
        else if (++wrong <= 5) refuse("unknown-layer", { value: shown(id) });
      }
      return schema.layers.filter((id) => (chosen.size ? chosen : new Set(rule.default)).has(id));
    },
  };

  // {key: text} -> [state, notices]; unknown keys are ignored, each bad value gives its default and one notice.
  const parse = (query) => {
    const state = {};
    const notices = [];
    for (const rule of schema.keys) {
      const text = query[rule.key];
      const refuse = (code, more = {}) => {
        notices.push({ code, values: { key: rule.key, value: shown(text), instead: rule.default || "the usual value", ...more } });
        return rule.default;
      };
      state[rule.key] = rule.type === "layers"
        ? readers.layers(rule, text === undefined ? "" : text, state, refuse)
        : text === undefined || text === "" ? rule.default : readers[rule.type](rule, text, state, refuse);
    }
    return [state, notices];
  };

  const text = (value) => {
    if (value === null || value === undefined) return undefined;
    return Array.isArray(value) ? value.map(String).join(",") || "none" : String(value);
  };
  const texts = (values) => {
    const query = {};
    for (const { key } of schema.keys) {
      if (Object.hasOwn(values, key) && text(values[key]) !== undefined) query[key] = text(values[key]);
    }
    return query;
  };

  const usual = texts(parse({})[0]);
  return {
    parse,
    fromValues: (values) => parse(texts(values)),
    fromHash: (hash) => parse(Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")))),
    toHash: (state) => {
      const query = Object.entries(texts(state)).filter(([key, value]) => usual[key] !== value);
      return query.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
    },
    sentence: (t, { code, values }) => t(schema.notices[code], values),
  };
};
