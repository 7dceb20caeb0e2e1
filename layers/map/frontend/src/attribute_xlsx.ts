// XLSX: the values of its first visible sheet, as openpyxl gives them to the command (geodata/attribution/reading/xlsx.py).
// Macros, links and formulas are never looked at.

import type { Archive } from "./attribute_archive.ts";
import { ofText, type Table } from "./attribute_columns.ts";
import { type Limits, tooMany, unique } from "./attribute_csv.ts";
import { InputError, type Said } from "./attribute_words.ts";
import { cellText, type DateFormats, dateFormats } from "./attribute_xlsx_cells.ts";
import { child, type Element, walkXml, within } from "./attribute_xml.ts";
import { word } from "./language.ts";

const BESIDE = word("it has cells to the right of the header, which are left out");
const LETTERS = /^([A-Z]{1,3})\d+$/;
/** Bytes of the texts that all cells share. */
const SHARED = 64 * 2 ** 20;

/** Throws {@link InputError}. */
export function readXlsx(archive: Archive, limits: Limits): Table {
  const messages: Said[] = [];
  const book = openBook(archive, messages);
  const sheet = createRows(limits, messages);
  let number = 0;
  part(archive, book.sheet, ["row"], (row) => {
    number = Number(row.attribute("r") ?? number + 1);
    if (!Number.isInteger(number)) throw damaged(`“${row.attribute("r")?.slice(0, 20)}” is no number of a row`);
    sheet.add(number, cellsOf(row, book, limits));
  });
  if (!sheet.table) throw new InputError(word("the file is empty: its sheet has no row."));
  return sheet.table;
}

interface Book {
  sheet: string;
  shared: string[];
  dates: DateFormats;
}

function openBook(archive: Archive, messages: Said[]): Book {
  const root = relations(archive, "").find(({ type }) => type === "officeDocument");
  const path = root?.target ?? "xl/workbook.xml";
  const parts = relations(archive, path);
  const sheets: Element[] = [];
  let from1904 = false;
  part(archive, path, ["sheet", "workbookPr"], (element) => {
    if (element.name === "sheet") sheets.push(element);
    else from1904 = ["1", "true"].includes(element.attribute("date1904") ?? "");
  });
  const listed = sheets.flatMap((sheet) => {
    const target = parts.find(({ id, type }) => type === "worksheet" && id === sheet.attribute("id", true))?.target;
    return target ? [{ name: sheet.attribute("name") ?? "", target, state: sheet.attribute("state") }] : [];
  });
  const visible = listed.filter(({ state }) => (state ?? "visible") === "visible");
  const names = visible.length ? visible : listed;
  const [first] = names;
  if (!first) throw new InputError(word("the spreadsheet has no sheet of cells."));
  if (names.length > 1)
    messages.push({
      english: word("The spreadsheet has {count} sheets; “{name}” is read: put the list first to have another."),
      values: { count: names.length, name: first.name.slice(0, 60) },
    });
  const other = (type: string) => parts.find((one) => one.type === type)?.target;
  return {
    sheet: first.target,
    shared: sharedTexts(archive, other("sharedStrings")),
    dates: dateFormats(stylesOf(archive, other("styles")), from1904),
  };
}

interface Relation {
  id: string | null;
  type: string;
  target: string;
}

/** What a part refers to, with names from the root of the archive. */
function relations(archive: Archive, path: string): Relation[] {
  const cut = path.lastIndexOf("/") + 1;
  const [folder, file] = [path.slice(0, cut), path.slice(cut)];
  const found: Relation[] = [];
  const name = `${folder}_rels/${file}.rels`;
  if (!archive.names.includes(name)) return found;
  part(archive, name, ["Relationship"], (one) => {
    const target = one.attribute("Target") ?? "";
    found.push({
      id: one.attribute("Id"),
      type: (one.attribute("Type") ?? "").split("/").at(-1) ?? "",
      target: new URL(target, `file:///${folder}`).pathname.slice(1),
    });
  });
  return found;
}

function sharedTexts(archive: Archive, name: string | undefined): string[] {
  const texts: string[] = [];
  let size = 0;
  if (name && archive.names.includes(name))
    part(archive, name, ["si"], (item) => {
      const text = richText(item).replaceAll("x005F_", "");
      size += text.length;
      if (size > SHARED)
        throw new InputError(word("the texts of the spreadsheet take more than {size} MB: save it as CSV."), {
          size: SHARED / 2 ** 20,
        });
      texts.push(text);
    });
  return texts;
}

/** The text of an item without what tells how it is pronounced. */
const richText = (item: Element): string =>
  item.children
    .filter(({ name }) => name === "t" || name === "r")
    .map((one) => (one.name === "t" ? one.text : (child(one, "t")?.text ?? "")))
    .join("");

/** Number and code of the formats of a workbook's cells: its own ones, and the format of each style. */
function stylesOf(archive: Archive, name: string | undefined): { own: Map<number, string>; styles: number[] } {
  const own = new Map<number, string>();
  const styles: number[] = [];
  const take = (element: Element) => {
    for (const one of within(element)) {
      const id = Number(one.attribute("numFmtId"));
      if (one.name === "numFmt") own.set(id, one.attribute("formatCode") ?? "");
      else if (one.name === "xf") styles.push(id);
    }
  };
  if (name && archive.names.includes(name)) part(archive, name, ["numFmts", "cellXfs"], take);
  return { own, styles };
}

function part(archive: Archive, name: string, kept: string[], leave: (element: Element) => void): void {
  const bytes = archive.read(name);
  if (!bytes) throw damaged(`${name.slice(0, 60)} is missing`);
  walkXml(bytes, new Set(kept), leave);
}

const damaged = (reason: string) => new InputError(word("the spreadsheet is damaged: {reason}."), { reason });

/** The cells of a row by their column; a header that is too wide is refused elsewhere. */
function cellsOf(row: Element, { shared, dates }: Book, limits: Limits): (string | null)[] {
  const cells: (string | null)[] = [];
  let at = -1;
  for (const cell of row.children) {
    const reference = cell.attribute("r");
    at = reference === null ? at + 1 : columnOf(reference);
    // All that lies farther right stands in one place more than is read: enough to see that there is something.
    const place = Math.min(at, limits.columns);
    while (cells.length < place) cells.push(null);
    const written = child(cell, "v")?.text || null;
    const inline = child(cell, "is");
    try {
      const text = cellText(
        {
          kind: cell.attribute("t") ?? "n",
          style: Number(cell.attribute("s") ?? 0),
          value: written,
          inline: inline ? richText(inline) : null,
        },
        shared,
        dates,
      );
      cells[place] = text ?? cells[place] ?? null;
    } catch (error) {
      throw damaged(String((error as Error).message).slice(0, 120));
    }
  }
  return cells;
}

function columnOf(reference: string): number {
  const [, letters] = LETTERS.exec(reference) ?? [];
  if (!letters) throw damaged(`“${reference.slice(0, 20)}” is no cell`);
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Collects rows: the first that holds anything is the header, empty ones count only between others. */
function createRows(limits: Limits, messages: Said[]) {
  let table: Table | null = null;
  let last = 0;
  const begin = (header: (string | null)[]): Table => {
    while (header.length && !header.at(-1)) header.pop();
    if (header.length > limits.columns)
      throw new InputError(word("the sheet has more than {columns} columns."), { columns: limits.columns });
    return ofText(
      unique(
        header.map((cell) => cell ?? ""),
        messages,
      ),
      messages,
    );
  };
  return {
    get table() {
      return table;
    },
    add(number: number, cells: (string | null)[]) {
      if (number <= last || !cells.some(Boolean)) return;
      if (!table) table = begin(cells);
      else {
        if (table.rows.length + number - last > limits.rows) throw tooMany(limits);
        const { names } = table;
        for (let empty = last + 1; empty < number; empty += 1) table.rows.push(names.map(() => null));
        if (cells.slice(names.length).some(Boolean))
          table.notes.set(table.rows.length, { english: BESIDE, values: {} });
        table.rows.push(names.map((_name, at) => cells[at] ?? null));
      }
      last = number;
    },
  };
}
