// The time bar: a native range with a stop at every day on which something changes, so months of nothing cost no room.

Atlas.time = (context) => {
  const { h } = Atlas;
  const { text } = context;
  const { stops } = text;
  const byDay = new Map();
  for (const event of text.events) {
    for (const day of new Set([event.first, event.day])) byDay.set(day, [...(byDay.get(day) || []), event]);
  }
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let playing = 0;

  const range = h("input", { type: "range", min: 0, max: stops.length - 1, step: 1, class: "atlas-range" });
  const field = h("input", { type: "date", class: "atlas-date", min: text.coverage[0], max: text.coverage[1] });
  const back = h("button", { type: "button", class: "atlas-step" }, "‹");
  const next = h("button", { type: "button", class: "atlas-step" }, "›");
  const play = h("button", { type: "button", class: "atlas-step atlas-play" }, "▶");
  const pace = h("select", { class: "atlas-select atlas-pace", onchange: () => { if (playing) start(); } }, [2200, 1100, 450].map((ms) => h("option", { value: ms, selected: ms === 1100 })));
  const ticks = h("div", { class: "atlas-ticks", "aria-hidden": "true" });
  const years = h("div", { class: "atlas-years", "aria-hidden": "true" });
  const node = h("div", { class: "atlas-time", role: "group" }, back, play, next, pace, h("div", { class: "atlas-track" }, ticks, range, years), field);

  const place = (index) => `calc(${(100 * index) / (stops.length - 1)}% + ${9 - (18 * index) / (stops.length - 1)}px)`;
  const colour = (day) => {
    const event = (byDay.get(day) || []).find((one) => (one.clauses || []).length);
    return event ? text.styles.clauses[event.clauses[0]] : "#9a958a";
  };
  stops.forEach((day, index) => {
    const tick = h("i", { class: (byDay.get(day) || []).some((one) => one.transfers) ? "is-tall" : "" });
    tick.style.left = place(index);
    tick.style.background = colour(day);
    ticks.append(tick);
  });
  // Years below the bar, and the months of the autumn of 2020, as many as find room; the most telling first.
  const drawYears = () => {
    const room = (years.clientWidth || 600) - 18;
    const firsts = (length) => stops.flatMap((day, index) => (index && stops[index - 1].slice(0, length) === day.slice(0, length) ? [] : [{ day, index }]));
    const marks = [
      ...firsts(4).map(({ day, index }) => ({ index, word: day.slice(0, 4), rank: index === 0 ? 0 : day.startsWith("2020") ? 1 : 2 })),
      ...firsts(7).filter(({ day }) => day.startsWith("2020")).map(({ day, index }) => ({ index, word: context.words.month(day), rank: 3 })),
    ].sort((a, b) => a.rank - b.rank);
    const taken = [];
    years.replaceChildren(...marks.flatMap(({ index, word, rank }) => {
      const half = word.length * 4 + 5;
      const middle = 9 + (room * index) / (stops.length - 1);
      const least = rank === 1 && taken.length ? taken[0][1] + half : half - 4;
      const x = Math.max(least, Math.min(room + 22 - half, middle));
      if (taken.some(([from, to]) => x + half > from && x - half < to)) return [];
      taken.push([x - half, x + half]);
      const label = h("span", {}, word);
      label.style.left = `${x}px`;
      return [label];
    }));
  };

  // The stop at or before a day.
  const indexOf = (day) => Math.max(0, stops.findLastIndex((stop) => stop <= day));
  const eventsOn = (day) => byDay.get(day) || [];
  const headline = (day) => eventsOn(day).filter((event) => event.day === day || event.first === day).map((event) => event.title);

  const go = (index) => context.set({ on: stops[Math.max(0, Math.min(stops.length - 1, index))] });
  const eventStep = (step) => {
    const days = stops.filter((day) => byDay.has(day));
    const day = step > 0 ? days.find((one) => one > context.state.on) : days.findLast((one) => one < context.state.on);
    if (day) context.set({ on: day });
  };
  const stop = () => { clearInterval(playing); playing = 0; words(); };
  const start = () => {
    if (calm.matches) return;
    clearInterval(playing);
    if (context.state.on >= stops.at(-1)) go(0);
    playing = setInterval(() => {
      const index = indexOf(context.state.on) + 1;
      if (index >= stops.length) stop();
      else go(index);
    }, Number(pace.value));
    words();
  };

  range.addEventListener("input", () => go(Number(range.value)));
  field.addEventListener("change", () => { if (field.value) context.show({ ...context.state, on: field.value }); });
  back.addEventListener("click", () => eventStep(-1));
  next.addEventListener("click", () => eventStep(1));
  play.addEventListener("click", () => (playing ? stop() : start()));

  const words = () => {
    const { t } = context.words;
    const set = (element, label) => { element.setAttribute("aria-label", label); element.title = label; };
    node.setAttribute("aria-label", t("Time"));
    range.setAttribute("aria-label", t("Date shown"));
    set(field, t("Any day"));
    set(back, t("Previous event"));
    set(next, t("Next event"));
    set(play, playing ? t("Stop") : t("Play"));
    Atlas.write(play, playing ? "❚❚" : "▶");
    set(pace, t("Speed"));
    [t("slow"), t("medium"), t("fast")].forEach((word, i) => Atlas.write(pace.options[i], word));
    play.hidden = pace.hidden = calm.matches;
  };

  // Moves the thumb; the date field, which is slow to set, follows after the paint.
  const paint = (day) => {
    const index = indexOf(day);
    if (Number(range.value) !== index) range.value = index;
    const first = headline(day)[0];
    range.setAttribute("aria-valuetext", [context.words.date(day), first].filter(Boolean).join(": "));
  };
  const settle = (day) => { if (field.value !== day) field.value = day; };
  return { node, paint, settle, words, drawYears, headline, eventsOn, destroy: () => clearInterval(playing) };
};
