// How a source is shown: publisher and title, with its date; addresses are text, not links, unless they are plain pages.

Atlas.sourceList = (context, ids) => {
  const { h } = Atlas;
  const { t, edtf } = context.words;
  const found = [...new Set(ids || [])].filter((id) => context.text.sources[id]);
  if (!found.length) return null;
  const item = (id) => {
    const { publisher, title, date, address, seen } = context.text.sources[id];
    const unseen = seen === false || id === "general-knowledge" ? ` (${t("general knowledge, no text seen")})` : "";
    const words = `${publisher}: ${title}${date ? `, ${edtf(date)}` : ""}${unseen}`;
    const page = address && /^(https?:\/\/)?[\w.-]+\.[a-z]{2,}(\/|$)/i.test(address);
    const link = page ? h("a", { href: /^https?:/.test(address) ? address : `https://${address}`, rel: "noopener noreferrer external", target: "_blank" }, words) : words;
    return h("li", {}, link);
  };
  return h("details", { class: "atlas-sources" }, h("summary", {}, t("Sources ({n})", { n: found.length })), h("ul", {}, found.map(item)));
};
