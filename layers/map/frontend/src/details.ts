// What cards tell beside the texts: it comes after the first paint, and is then part of the texts for all who hold them.

import type { Details, Texts } from "./payload.ts";

/** Puts what cards tell into the texts, object by object, so that each object is complete. */
export function fillIn(texts: Texts, details: Details): void {
  for (const clause of texts.clauses) Object.assign(clause, details.clauses[clause.number]);
  for (const obligation of texts.obligations) Object.assign(obligation, details.obligations[obligation.id]);
  for (const event of texts.events) Object.assign(event, details.events[event.id]);
  for (const [id, zone] of Object.entries(texts.zones)) Object.assign(zone, details.zones[id]);
  for (const [id, unit] of Object.entries(texts.units)) Object.assign(unit, details.units[id]);
  for (const place of texts.places) Object.assign(place, details.places[place.id]);
  texts.readings.splice(0, texts.readings.length, ...details.readings);
  texts.shapes = details.shapes;
  Object.assign(texts.witnesses, details.witnesses);
  texts.late = details.answers;
  texts.contest = details.contest;
}

/** Reads JSON that was compressed (gzip) and written in base64. */
export async function unpack<Value>(packed: string): Promise<Value> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as Value;
}
