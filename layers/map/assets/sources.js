// The register of sources comes after the first paint; it lies beside the texts.
Atlas.loadSources = async (context) => {
  const { options, text } = context;
  if (options.sources || !options.bundleUrl) return;
  const url = new URL(text.sources_file, new URL(options.bundleUrl, document.baseURI));
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  context.sources = await answer.json();
  if (context.alive) context.card.render();
};

// How a source is shown: publisher and title, with its date; addresses are text, not links, unless they are plain pages.

Atlas.sourceList = (context, ids) => {
  const { h } = Atlas;
  const { t, edtf } = context.words;
  const found = [...new Set(ids || [])].filter((id) => context.sources[id]);
  if (!found.length) return null;
  const item = (id) => {
    const { publisher, title, date, address, seen } = context.sources[id];
    const unseen = seen === false || id === "general-knowledge" ? ` (${t("general knowledge, no text seen")})` : "";
    const words = [Atlas.said(`${publisher}: ${title}`), `${date ? `, ${edtf(date)}` : ""}${unseen}`];
    const page = address && /^(https?:\/\/)?[\w.-]+\.[a-z]{2,}(\/|$)/i.test(address);
    const link = page ? h("a", { href: /^https?:/.test(address) ? address : `https://${address}`, rel: "noopener noreferrer external", target: "_blank" }, words) : words;
    return h("li", {}, link);
  };
  return h("details", { class: "atlas-sources" }, h("summary", {}, t("Sources ({n})", { n: found.length })), h("ul", {}, found.map(item)));
};
