// Reads positions as people write them, and knows the usual ways to get them wrong (geodata/attribution/written_place.py, positions.py).

import forms from "../../../../geodata/attribution/words/forms.json" with { type: "json" };
import { type Said, shown } from "./attribute_words.ts";
import { word } from "./language.ts";

const LONGEST = 64;
const NUMBER = /^[+-]?(\d{1,20}([.,]\d{0,30})?|[.,]\d{1,30})([eE][+-]?\d{1,3})?\s?°?$/;
const LETTERED = /^([NSEW])?\s?(\d{1,3}(?:[.,]\d{0,30})?)\s?°?\s?([NSEW])?$/i;
const MINUTES =
  /^([NSEW])?\s?(\d{1,3})\s?[°d:\s]\s?(\d{1,2}(?:[.,]\d*)?)\s?['m:]?\s?(?:(\d{1,2}(?:[.,]\d*)?)\s?(?:"|''|s)?)?\s?([NSEW])?$/i;
const SIGNS = Object.entries(forms.signs).map(([usual, signs]) => [new RegExp(`[${signs}]`, "g"), usual] as const);
const HEMISPHERES = Object.entries(forms.hemispheres).map(
  ([letter, pattern]) => [letter, new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, "giu")] as const,
);
const WKT =
  /^(?:SRID=(?<srid>\d+);)?\s*(?:MULTI)?POINT\s*(?:Z|M|ZM)?\s*\({1,2}\s*(?<x>\S+?)\s+(?<y>[^\s)]+)(?:\s+[^\s)]+){0,2}\s*\){1,2}$/i;
const HALVES = /^(?:(.*?[NSEW])[\s,;]*([^NSEW]+[NSEW])|([NSEW][^NSEW]+?)[\s,;]*([NSEW][^NSEW]+))$/;
const FOUR = /^([-+]?\d+[.,]\d+)\s+([-+]?\d+[.,]\d+)(?:\s+-?[\d.]+){1,2}$/;
const PLACE = word(
  "its place {value} can't be read: write latitude, longitude (39.99, 46.93), degrees and minutes, or POINT (46.93 39.99)",
);
const NO_PLACE = word("it has no place");
const NO_NUMBER = {
  latitude: word("its latitude {value} is not a number of degrees"),
  longitude: word("its longitude {value} is not a number of degrees"),
};
const NOTHING = { latitude: word("it has no latitude"), longitude: word("it has no longitude") };
const METRES = word(
  "its coordinates are not degrees: they look like metres of a projected reference system (UTM, Gauss-Krüger, Web Mercator); convert them to WGS84 longitude and latitude (EPSG:4326)",
);
const IMPOSSIBLE = word(
  "its coordinates are not a place on earth: latitude runs from -90 to 90, longitude from -180 to 180",
);
const SWAPPED_EARTH = word("its latitude is beyond ±90 and its longitude is not: latitude and longitude look swapped");
export const SWAPPED = word("it lies outside the mapped area, but inside if latitude and longitude are swapped");
const NULL_ISLAND = word("its coordinates are 0, 0, which usually means a missing position");

/** A position, or NaN with why there is none. */
export interface Position {
  lat: number;
  lon: number;
  wrong: Said | null;
}
const same = (english: string): Said => ({ english, values: {} });
const quoting = (english: string, text: string): Said => ({ english, values: {}, quoted: { value: shown(text) } });

/** Decimal degrees from text; NaN where it is none. `letters` are the hemispheres allowed. */
export function degrees(text: string, letters: string): number {
  return [...text].length > LONGEST ? Number.NaN : inDegrees(latin(text), letters);
}

/** A text with one sign for each of degrees, minutes, seconds and minus, and Latin letters for the hemispheres. */
function latin(given: string): string {
  let text = given;
  for (const [signs, sign] of SIGNS) text = text.replace(signs, sign);
  text = text.trim();
  if (!/\P{ASCII}/u.test(text)) return text;
  for (const [letter, pattern] of HEMISPHERES) text = text.replace(pattern, letter);
  return text;
}

const point = (text: string): number => Number(text.replace(",", "."));

function inDegrees(text: string, letters: string): number {
  if (NUMBER.test(text)) return point(text.replace(/[° ]+$/, ""));
  const lettered = LETTERED.exec(text);
  if (lettered) return point(lettered[2] ?? "") * sign(lettered[1], lettered[3], letters);
  const match = MINUTES.exec(text);
  if (!match) return Number.NaN;
  const [minutes, seconds] = [point(match[3] || "0"), point(match[4] || "0")];
  if (minutes >= 60 || seconds >= 60) return Number.NaN;
  return (Number(match[2]) + minutes / 60 + seconds / 3600) * sign(match[1], match[5], letters);
}

/** 1 or -1; NaN where no such hemisphere is allowed. */
function sign(before: string | undefined, after: string | undefined, letters: string): number {
  const letter = (before || after || letters[0] || "").toUpperCase();
  if ((before && after) || !letters.includes(letter)) return Number.NaN;
  return "SW".includes(letter) ? -1 : 1;
}

/** Latitude and longitude from one text, or null; without letters the latitude comes first, in WKT the longitude does. */
export function readPair(given: string): [lat: number, lon: number] | null {
  if ([...given].length > 2 * LONGEST) return null;
  const wkt = WKT.exec(given.trim())?.groups;
  if (wkt) {
    if (![undefined, "4326", "4979"].includes(wkt.srid)) return null;
    return whole(inDegrees(wkt.y ?? "", "NS"), inDegrees(wkt.x ?? "", "EW"));
  }
  const text = latin(given).replace(/^[()[\] ]+|[()[\] ]+$/g, "");
  const four = FOUR.exec(text); // a form's point: latitude, longitude, height and accuracy
  if (four) return whole(inDegrees(four[1] ?? "", "NS"), inDegrees(four[2] ?? "", "EW"));
  let parts = (HALVES.exec(text.toUpperCase())?.slice(1) ?? []).filter(Boolean);
  parts = parts.map((part) => part.replace(/^[ ,;]+|[ ,;]+$/g, ""));
  for (const separator of [/\s*;\s*/, /,\s+/, /\s*,\s*/, /\s*[/|]\s*/, /\s+/]) {
    if (parts.length === 2) break;
    parts = text.split(separator);
  }
  const [one, two] = parts;
  if (parts.length !== 2 || one === undefined || two === undefined) return null;
  const [lat, lon] = /[EW]/i.test(one) ? [two, one] : [one, two];
  return whole(inDegrees(lat, "NS"), inDegrees(lon, "EW"));
}

const whole = (lat: number, lon: number): [number, number] | null =>
  Number.isNaN(lat) || Number.isNaN(lon) ? null : [lat, lon];

/** A position from one text. */
export function placeOf(text: string): Position {
  const pair = readPair(text);
  if (pair) return checked(pair[0], pair[1], null);
  if (!text.trim()) return { lat: Number.NaN, lon: Number.NaN, wrong: same(NO_PLACE) };
  return {
    lat: Number.NaN,
    lon: Number.NaN,
    wrong: quoting(PLACE, text),
  };
}

/** A position from two texts. */
export function positionOf(latText: string, lonText: string): Position {
  const [lat, lon] = [degrees(latText, "NS"), degrees(lonText, "EW")];
  const reason = (value: number, text: string, what: "latitude" | "longitude"): Said | null => {
    if (!Number.isNaN(value)) return null;
    if (!text.trim()) return same(NOTHING[what]);
    return quoting(NO_NUMBER[what], text);
  };
  return checked(lat, lon, reason(lat, latText, "latitude") ?? reason(lon, lonText, "longitude"));
}

/** A position with why its numbers are none. */
export function checked(lat: number, lon: number, before: Said | null): Position {
  const beyond = !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180);
  const finite = Number.isFinite(lat) && Number.isFinite(lon);
  let wrong = before;
  if (!wrong && beyond && Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lon) <= 90)
    wrong = same(SWAPPED_EARTH);
  if (!wrong && finite && (Math.abs(lat) > 1000 || Math.abs(lon) > 1000)) wrong = same(METRES);
  if (!wrong && beyond) wrong = same(IMPOSSIBLE);
  if (!wrong && lat === 0 && lon === 0) wrong = same(NULL_ISLAND);
  return { lat, lon, wrong };
}
