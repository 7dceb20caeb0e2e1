// Cuts the type of map and page to the letters that readers see: dist/type.css, and one file of letters for each script.
// All weights from regular to bold are in each file.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import subsetFont from "subset-font";

const PACKAGES = "@fontsource-variable";
const WEIGHTS = { min: 400, max: 700, default: 400 };
const signs = (text) => [...text].map((sign) => [sign.codePointAt(0)]);
/** Name, the script that it covers, the package's file, and its letters as ranges of code points. */
const PARTS = [
  {
    name: "latin",
    covers: "U+20-FF,U+131,U+2010-22FF",
    from: "source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    letters: [[0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2015], [0x2018, 0x201e], ...signs("ı•…′″‹›€™←↑→↓−×")],
  },
  {
    name: "latin-ext",
    covers: "U+100-130,U+132-24F,U+259",
    from: "source-sans-3/files/source-sans-3-latin-ext-wght-normal.woff2",
    letters: signs("ĄąĆćČčĘęĞğĪīİŁłŃńŌōŚśŞşŠšŪūŹźŻżŽžƏə"),
  },
  {
    name: "cyrillic",
    covers: "U+400-45F,U+2116",
    from: "source-sans-3/files/source-sans-3-cyrillic-wght-normal.woff2",
    letters: [[0x410, 0x44f], ...signs("ЁёЄєІіЇї№")],
  },
  {
    name: "armenian",
    covers: "U+530-58F,U+2024",
    from: "noto-sans-armenian/files/noto-sans-armenian-armenian-wght-normal.woff2",
    letters: [
      [0x531, 0x556],
      [0x559, 0x58a],
      [0x58d, 0x58f],
    ],
  },
];

const { resolve } = createRequire(import.meta.url);
const all = ([first, last = first]) =>
  Array.from({ length: last - first + 1 }, (_, by) => String.fromCodePoint(first + by)).join("");

/** Writes the files into a folder. */
export async function writeFonts(out) {
  const faces = [];
  for (const { name, from, letters, covers } of PARTS) {
    const whole = readFileSync(resolve(`${PACKAGES}/${from}`));
    const options = { targetFormat: "woff2", variationAxes: { wght: WEIGHTS } };
    writeFileSync(join(out, `${name}.woff2`), await subsetFont(whole, letters.map(all).join(""), options));
    faces.push(
      `@font-face{font-family:"Atlas Sans";font-weight:400 700;font-display:swap;src:url(${name}.woff2) format("woff2");unicode-range:${covers}}`,
    );
  }
  writeFileSync(join(out, "type.css"), `${faces.join("\n")}\n`);
}
