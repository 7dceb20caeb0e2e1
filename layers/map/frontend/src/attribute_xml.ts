// XML as a stream of elements, by saxes: no document types, no entities of its own, not too deep. Its size is bounded by who reads it.

import { SaxesParser, type SaxesTagNS } from "saxes";
import { InputError } from "./attribute_words.ts";
import { word } from "./language.ts";

/*! fflate: Copyright (c) 2026 Arjun Barrett, MIT License. saxes: Copyright (c) Louis-Dominique Dubeau and contributors,
ISC License. xmlchars: Copyright Louis-Dominique Dubeau and contributors, MIT License. */

/** Levels of nesting, as in Python (geodata/attribution/reading/source.py). */
const DEPTH = 32;
/** Most elements in one that is kept: a row of a spreadsheet has at most 16,384 cells. */
const HELD = 200_000;
/** Bytes that are turned into text at a time. */
const BLOCK = 1 << 16;
const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

/** An element with all of its text, also that of the elements in it. */
export interface Element {
  name: string;
  /** An attribute without a prefix, or the one of that name with any. */
  attribute(name: string, prefixed?: boolean): string | null;
  text: string;
  children: Element[];
}

/**
 * Calls `leave` with each element named in `kept` (names without prefix) when it is whole, and `enter` at each start.
 *
 * Nothing is kept of what lies outside of these. Throws {@link InputError}.
 */
export function walkXml(
  bytes: Uint8Array,
  kept: ReadonlySet<string>,
  leave: (element: Element) => void,
  enter: (name: string, level: number) => void = () => {},
): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Element[] = [];
  let level = 0;
  let held = 0;
  parser.on("doctype", () => {
    throw new InputError(
      word("the file holds a document type or entities, which no list of points needs: it is refused."),
    );
  });
  parser.on("opentag", (tag) => {
    enter(tag.local, level);
    level += 1;
    if (level > DEPTH)
      throw new InputError(word("the file nests deeper than {depth} levels: it is refused."), { depth: DEPTH });
    if (!open.length && !kept.has(tag.local)) return;
    held = open.length ? held + 1 : 0;
    if (held > HELD)
      throw new InputError(word("one element holds more than {count} others: it is refused."), { count: HELD });
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string) => {
    for (const element of open) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    level -= 1;
    const element = open.pop();
    if (element && !open.length) leave(element);
  });
  try {
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let at = 0; at < bytes.length; at += BLOCK)
      parser.write(decoder.decode(bytes.subarray(at, at + BLOCK), { stream: true }));
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(word("the file is not well-formed XML: {reason}."), {
      reason: String((error as Error).message).slice(0, 120),
    });
  }
}

/** The first of an element's own children that has a name. */
export const child = ({ children }: Element, name: string): Element | undefined =>
  children.find((one) => one.name === name);

/** The element and all in it, in the order of the file. */
export function* within(element: Element): Generator<Element> {
  yield element;
  for (const one of element.children) yield* within(one);
}

function elementOf(tag: SaxesTagNS): Element {
  return {
    name: tag.local,
    attribute: (name, prefixed = false) => {
      const found = prefixed
        ? Object.values(tag.attributes).find(({ prefix, local }) => prefix && local === name)
        : tag.attributes[name];
      return found?.value ?? null;
    },
    text: "",
    children: [],
  };
}

function encodingOf(bytes: Uint8Array): string {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return "utf-16le";
  if (one === 0xfe && two === 0xff) return "utf-16be";
  const head = String.fromCharCode(...bytes.subarray(0, 200)).replace("\u00ef\u00bb\u00bf", "");
  return DECLARED.exec(head)?.[1] ?? "utf-8";
}
