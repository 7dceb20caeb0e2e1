// Interface words, names and dates in the reader's language. The key of a word is its English form.

Atlas.words = (context) => {
  const catalogues = { en: {}, ...(context.options.words || {}) };
  const formats = {};

  // Fetches the words of a language once; the map goes on in English until they are here.
  const load = async (lang) => {
    const url = (context.options.wordsUrl || {})[lang];
    if (catalogues[lang] || !url) return;
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    catalogues[lang] = await answer.json();
  };

  const t = (word, values = {}) => {
    const known = (catalogues[context.state.lang] || {})[word] || word;
    return known.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  };

  // The leading form of a name; the neutral one stands in where a form is missing.
  const name = (names) => (names && (names[context.state.names] || names.neutral)) || "";
  const nameLang = (names) => (names && names[context.state.names] && context.state.names !== "neutral" ? context.state.names : "en");

  const format = (style) => {
    const key = `${context.state.lang}/${style}`;
    const options = {
      long: { day: "numeric", month: "long", year: "numeric" },
      month: { month: "long", year: "numeric" },
      brief: { day: "numeric", month: "short", year: "numeric" },
      short: { month: "short" },
    }[style];
    formats[key] = formats[key] || new Intl.DateTimeFormat(context.state.lang === "en" ? "en-GB" : context.state.lang, { ...options, timeZone: "UTC" });
    return formats[key];
  };
  const at = (day) => new Date(`${day}T00:00:00Z`);
  const date = (day) => (day ? format("long").format(at(day)) : "");

  const brief = (day) => (day ? format("brief").format(at(day)) : "");

  // An EDTF date in words: a day, a month, a year or an interval.
  const edtf = (text) => {
    if (!text) return "";
    const [first, last] = text.split("/");
    if (last) return format("long").formatRange(at(first), at(last));
    if (/^\d{4}-\d{2}$/.test(text)) return format("month").format(at(`${text}-01`));
    if (/^\d{4}$/.test(text)) return text;
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? date(text) : text;
  };

  const month = (day) => format("short").format(at(day));
  const number = (value, digits = 0) => value.toLocaleString(context.state.lang === "en" ? "en-GB" : context.state.lang, { maximumFractionDigits: digits });
  return { load, t, name, nameLang, date, brief, edtf, month, number };
};
// words: not in force | pending | overdue | met | met late | continuing | disputed | lapsed | open
// words: Azerbaijan | Armenia | Armenian forces | Peacekeepers | Russia | Nagorno-Karabakh de facto authorities
// words: by a clause of the statement | by force | otherwise
