// In which encoding a table is written: by its bytes, else by the names of its columns (geodata/attribution/reading/encoding.py).

import { joinedName, type Lists, type Said } from "./attribute_words.ts";
import { word } from "./language.ts";

/** Encodings of one byte a letter that spreadsheets of the region write: name, name here, what they are. */
const LETTERS: [name: string, label: string, about: string][] = [
  ["cp1251", "windows-1251", "Windows, Cyrillic"],
  ["koi8_r", "koi8-r", "KOI8-R, Cyrillic"],
  ["cp866", "ibm866", "DOS, Cyrillic"],
  ["cp1254", "windows-1254", "Windows, Turkish and western European"],
  ["cp1250", "windows-1250", "Windows, central European"],
];
const HEAD = 256 * 1024;

/** The text of a table, with what is to be said of its encoding. */
export function decoded(bytes: Uint8Array, lists: Lists): { text: string; messages: Said[] } {
  const wide = utf16(bytes);
  if (wide)
    return {
      text: new TextDecoder(wide).decode(bytes),
      messages: [{ english: word("The file is written in UTF-16 and read so."), values: {} }],
    };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), messages: [] };
  } catch {
    return otherwise(bytes, lists);
  }
}

function utf16(bytes: Uint8Array): string | null {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return "utf-16le";
  if (one === 0xfe && two === 0xff) return "utf-16be";
  // Every other byte of figures and blanks is 0.
  const head = bytes.subarray(0, 512);
  const zeros = (odd: number) => head.reduce((sum, byte, at) => sum + Number(byte === 0 && at % 2 === odd), 0);
  const [first, second] = [zeros(0), zeros(1)];
  if ((first + second) * 10 < head.length) return null;
  return first > second ? "utf-16be" : "utf-16le";
}

/** Text of one byte a letter where the first line says which, else UTF-8 with a sign for each byte that is none. */
function otherwise(bytes: Uint8Array, lists: Lists): { text: string; messages: Said[] } {
  const loose = new TextDecoder("utf-8");
  const lines = linesOf(bytes.subarray(0, HEAD)).filter((line) => line.some((byte) => byte > 127));
  const damaged = lines.filter((line) => loose.decode(line).includes("\ufffd"));
  if (damaged.length * 2 > lines.length) {
    const found = byHeader(lines[0] ?? bytes, lists);
    if (found) {
      const [name, label, about] = found;
      const said = word(
        "The file is not UTF-8. By its column names it is {name} ({about}) and is read so: look at the names in the result.",
      );
      return { text: new TextDecoder(label).decode(bytes), messages: [{ english: said, values: { name, about } }] };
    }
  }
  return {
    text: loose.decode(bytes),
    messages: [
      {
        english: word("The file is not UTF-8: letters that can't be read are written as {sign}. Save it as UTF-8."),
        values: { sign: "\ufffd" },
      },
    ],
  };
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines.length ? lines : [bytes];
}

function byHeader(line: Uint8Array, { headers }: Lists): (typeof LETTERS)[number] | undefined {
  const words = (["lat", "lon", "date", "date_else", "pair"] as const).flatMap((role) => headers[role]);
  const known = new Set(words.map(joinedName));
  return LETTERS.find(([, label]) => {
    const cells = new TextDecoder(label).decode(line).split(/[,;\t|]/);
    return cells.some(
      (cell) => /\P{ASCII}/u.test(cell) && known.has(joinedName(cell.replace(/^[" \r]+|[" \r]+$/g, ""))),
    );
  });
}
