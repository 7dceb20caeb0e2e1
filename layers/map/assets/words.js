// Interface words, names and dates in the reader's language. The key of a word is its English form; the build
// (layers/wording/catalogues.py) puts a number in place of it where it stands in a call of t.

Atlas.words = (context) => {
  const catalogues = { en: context.text.language, ...(context.options.words || {}) };

  // Fetches a language once; the map goes on in English until it is here.
  const load = async (lang) => {
    const url = (context.options.wordsUrl || {})[lang];
    if (catalogues[lang] || !url) return;
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    catalogues[lang] = await answer.json();
    said.clear();
  };
  const now = () => catalogues[context.state.lang] || catalogues.en;

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  const t = (word, values = {}) => fill(typeof word === "number" ? now().called[word] : now().words[word] || word, values);

  // The leading form of a name; the neutral one stands in where a form is missing.
  const name = (names) => (names && (names[context.state.names] || names.neutral)) || "";
  const nameLang = (names) => (names && names[context.state.names] && context.state.names !== "neutral" ? context.state.names : "en");

  // Days as the language writes them; `first` makes it an interval within a month.
  const said = new Map();
  const write = (day, style, first = "") => {
    const key = [context.state.lang, style, first, day].join();
    if (!said.has(key)) {
      const { dates } = now();
      const [y, m, d] = day.split("-").map(Number);
      const months = style === "brief" ? dates.short : dates.months;
      said.set(key, fill(dates[style], { y, m: months[m - 1], d: first ? `${first}–${d}` : d }));
    }
    return said.get(key);
  };
  const date = (day) => (day ? write(day, "long") : "");
  const brief = (day) => (day ? write(day, "brief") : "");
  const month = (day) => now().dates.short[Number(day.slice(5, 7)) - 1];

  // An EDTF date in words: a day, a month, a year or an interval.
  const edtf = (text) => {
    if (!text) return "";
    const [first, last] = text.split("/");
    if (last && first.slice(0, 7) === last.slice(0, 7) && last.length === 10) return write(last, "long", Number(first.slice(8)));
    if (last) return `${edtf(first)} – ${edtf(last)}`;
    if (/^\d{4}-\d{2}$/.test(text)) return `${now().dates.alone[Number(text.slice(5)) - 1]} ${text.slice(0, 4)}`;
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text;
  };

  const number = (value, digits = 0) => {
    const [decimal, group] = now().numbers;
    const [whole, part] = value.toFixed(digits).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part && Number(part) ? decimal + part : "");
  };
  return { load, t, name, nameLang, date, brief, edtf, month, number };
};
// words: not in force | pending | overdue | met | met late | continuing | disputed | lapsed | open
// words: Azerbaijan | Armenia | Armenian forces | Russian peacekeepers | Russia | Nagorno-Karabakh de facto authorities
// words: by a clause of the statement | by force | otherwise
