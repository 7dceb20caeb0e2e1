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
await build({
  ...shared,
  entryPoints: [
    "src/page.ts",
    { in: "src/page_late.ts", out: "late" },
    "src/points.ts",
    "css/page.css",
    "css/panel.css",
  ],
  format: "esm",
});

await writeFonts(OUT);

// The words that the script says, for the catalogues of the other languages (layers/wording).
const CALLS = /\b(?:t|word)\(\s*"((?:[^"\\]|\\.)+)"/g;
const sources = readdirSync(join(HERE, "src"))
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(HERE, "src", name), "utf8"));
const words = new Set(sources.flatMap((text) => [...text.matchAll(CALLS)].map(([, word]) => JSON.parse(`"${word}"`))));
writeFileSync(join(OUT, "words.json"), `${JSON.stringify([...words].sort(), null, 1)}\n`);
