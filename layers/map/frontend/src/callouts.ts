// What a step of the story speaks of, on the ground: the day and what happened, with a line to the place.

import type { App } from "./app.ts";
import { lead, roomForNames } from "./badges.ts";
import { h } from "./dom.ts";
import { type Box, overlap, type Sheet } from "./labels.ts";
import type { Language } from "./language.ts";
import type { AtlasEvent, Place } from "./payload.ts";

export interface Callouts {
  /** Shows the events up to a day at their places, those nearest to it first; no ids, no callouts. */
  show(ids: readonly string[], on: string): void;
}
/** More events than this are told by their days alone. */
const FEW = 3;
/** A map lower than this has room for days only. */
const LOW_PX = 420;
const FONTS = { day: "700 13px", title: "400 13px" };
const WIDE_PX = 190;
const LINE_PX = 17;
/** Room between the edge of a callout and its words, both sides together. */
const PADDING = { x: 18, y: 8 };
const HUE = "#23211d";

export function createCallouts({ map: { camera, labels }, texts, eventById, language }: App): Callouts {
  const places = new Map(texts.places.map((one) => [one.id, one]));
  let told: { event: AtlasEvent; place: Place }[] = [];
  labels.also("before", (sheet) => {
    const names = roomForNames(sheet, camera, language, texts.places);
    const dots = texts.places
      .filter((one) => (one.rank ?? 4) <= 2)
      .map(({ lat, lon }) => dotBox(camera.pixel([lat, lon])));
    const whole = told.length <= FEW && camera.size()[1] >= LOW_PX;
    for (const { event, place } of told) {
      const at = camera.pixel([place.lat, place.lon]);
      const day = daysOf(event, language);
      // Where there is no room off the names of towns, those names move; their dots stay in sight.
      const tries: [string, Box[]][] = [
        [event.title, names],
        [event.title, dots],
        ["", names],
        ["", dots],
      ];
      tries.some(([title, clear]) => (whole || !title) && put(sheet, at, day, title, clear));
    }
  });
  return {
    show: (ids, on) => {
      const far = (event: AtlasEvent) => Math.abs(Date.parse(event.day) - Date.parse(on));
      const events = ids
        .flatMap((id) => eventById.get(id) ?? [])
        .filter((event) => event.first <= on)
        .sort((a, b) => far(a) - far(b));
      const taken = new Set<string>();
      told = events.flatMap((event) => {
        const place = event.places?.map((id) => places.get(id)).find((one) => one && !taken.has(one.id));
        if (!place) return [];
        taken.add(place.id);
        return [{ event, place }];
      });
      labels.draw();
    },
  };
}

const dotBox = ([x, y]: [number, number]): Box => [x - 9, y - 9, x + 9, y + 9];
const daysOf = ({ first, day }: AtlasEvent, language: Language): string =>
  first === day ? language.brief(day) : `${language.dayMonth(first)} – ${language.brief(day)}`;

/** Puts a callout near its place, off the names of towns; false where there is no room. */
function put(sheet: Sheet, [x, y]: [number, number], day: string, title: string, names: Box[]): boolean {
  const long = sheet.width(day, FONTS.day) + (title ? sheet.width(` ${title}`, FONTS.title) : 0);
  const w = Math.min(WIDE_PX, long + PADDING.x);
  // Words break before the end of a line.
  const lines = long + PADDING.x <= WIDE_PX ? 1 : Math.ceil((long * 1.15) / (WIDE_PX - PADDING.x));
  const tall = lines * LINE_PX + PADDING.y;
  for (const shift of around(w, tall)) {
    const [left, top] = [x + shift[0] - w / 2, y + shift[1] - tall / 2];
    const box: Box = [left, top, left + w, top + tall];
    if (!sheet.free(box) || names.some((other) => overlap(box, other))) continue;
    sheet.take(box);
    lead(sheet, [x, y], shift, HUE);
    sheet.put(
      h("span", { class: "atlas-callout", style: `width:${Math.ceil(w)}px` }, h("b", {}, day), title && ` ${title}`),
      left,
      top,
    );
    return true;
  }
  return false;
}

/** Where the middle of a callout may be from its place, the nearest first. */
function around(w: number, tall: number): [number, number][] {
  return [18, 46, 84].flatMap((off): [number, number][] => {
    const [dx, dy] = [w / 2 + off, tall / 2 + off];
    return [
      [dx * 0.6, -dy],
      [-dx * 0.6, -dy],
      [dx, dy * 0.6],
      [-dx, dy * 0.6],
      [0, dy],
      [0, -dy],
    ];
  });
}
