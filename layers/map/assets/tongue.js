// The reader's language and the form of names that leads.

Atlas.tongue = (context) => {
  const { h } = Atlas;
  const select = (key, options) => {
    const element = h("select", { class: "atlas-select", onchange: () => context.set({ [key]: element.value }) }, options.map(([value, word]) => h("option", { value, lang: value === "neutral" ? null : value }, word)));
    return element;
  };
  const own = [["az", "Azərbaycanca"], ["hy", "Հայերեն"], ["ru", "Русский"]];
  const lang = select("lang", [["en", "English"], ...own]);
  const names = select("names", [["neutral", ""], ...own]);
  const [langLabel, namesLabel] = [h("span"), h("span")];
  const node = h("div", { class: "atlas-tongue" }, h("label", {}, langLabel, lang), h("label", {}, namesLabel, names));
  const words = () => {
    const { t } = context.words;
    Atlas.write(langLabel, t("Language"));
    Atlas.write(namesLabel, t("Names"));
    Atlas.write(names.options[0], t("neutral"));
    lang.value = context.state.lang;
    names.value = context.state.names;
  };
  return { node, words };
};
