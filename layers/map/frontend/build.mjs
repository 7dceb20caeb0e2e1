// Bundles src/ and css/ into dist/, which is committed: running the atlas needs no Node. `make frontend` calls this.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeFonts } from "./fonts.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = process.argv[2] ?? join(HERE, "dist");

/** A picture of Material Symbols is one path; the script needs its `d` alone. */
const iconPaths = {
  name: "icon paths",
  setup({ onLoad }) {
    onLoad({ filter: /\.svg$/ }, ({ path }) => {
      const [, d] = /<path d="([^"]+)"\/><\/svg>$/.exec(readFileSync(path, "utf8").trim()) ?? [];
      if (!d) throw new Error(`${path} is not one path`);
      return { contents: `export default ${JSON.stringify(d)};` };
    });
  },
};
const shared = {
  absWorkingDir: HERE,
  outdir: OUT,
  outbase: HERE,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["es2023", "firefox128", "chrome120", "safari17"],
  legalComments: "none",
  plugins: [iconPaths],
  logLevel: "warning",
};

// The map is a plain script: the self-contained document has no address to load a module from. What Streamlit mounts are modules.
await build({
  ...shared,
  entryPoints: [{ in: "src/document.ts", out: "atlas" }, "css/atlas.css", "css/late.css"],
  format: "iife",
});
// What reads a list of the reader's own: the document holds it packed (layers/map/points_kit.py).
await build({
  ...shared,
  entryPoints: ["src/attribute_panel.ts", "src/attribute_worker.ts", "css/attribute.css"],
  format: "iife",
  // Keeps Papa Parse's notice, as its licence asks.
  legalComments: "inline",
});
await build({
  ...shared,
  entryPoints: [
    "src/page.ts",
    { in: "src/page_late.ts", out: "late" },
    "src/points.ts",
    "src/attribute_page.ts",
    "css/page.css",
    "css/panel.css",
  ],
  format: "esm",
});

await writeFonts(OUT);

// The words that the script says, for the catalogues of the other languages (layers/map/language.py).
const CALLS = /\b(?:t|word)\(\s*"((?:[^"\\]|\\.)+)"/g;
const wordsOf = (names) => {
  const texts = names.map((name) => readFileSync(join(HERE, "src", name), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(CALLS)].map(([, word]) => JSON.parse(`"${word}"`))));
};
const write = (name, words) => writeFileSync(join(OUT, name), `${JSON.stringify([...words].sort(), null, 1)}\n`);
const sources = readdirSync(join(HERE, "src")).filter((name) => name.endsWith(".ts"));
const words = wordsOf(sources.filter((name) => !name.startsWith("attribute_")));
write("words.json", words);
// Those of the panel of points alone go with it.
write("attribute_words.json", wordsOf(sources.filter((name) => name.startsWith("attribute_"))).difference(words));
