// A day as a reader types it: what lists of points may hold (attribute_days.ts), and eight digits in a row as well.

import months from "../../../../geodata/attribution/words/months.json" with { type: "json" };
import { createDayReader, type Order } from "./attribute_days.ts";
import type { Day } from "./contract.ts";
import { isoDay } from "./dates.ts";

/** One day; two, where day and month may stand in either order; none. */
export type Typed = [Day] | [Day, Day] | [];

// Of a text with a clock, the day depends on a zone: nobody types one here.
const NO_DAY = /:|\d{9}/;
const EIGHT = /^(\d\d)(\d\d)(\d{4})$/;
/** A phone's keys for figures may have a comma instead of a dot. */
const APART = /^(\d{1,2})([ ,])\s*(\d{1,2})\2\s*(\d{2}|\d{4})$/;

const lists = { months, zone: "UTC" };
const readers = (["dmy", "mdy"] satisfies Order[]).map((order) => createDayReader(lists, "0001-01-01", order));

/** The day, or the two days, that a text names. */
export function readDay(text: string): Typed {
  const [, one, sign, two, year] = APART.exec(text.trim()) ?? [];
  const dotted = sign === undefined ? text.trim() : [one, two, year].join(sign === "," ? "." : "/");
  if (NO_DAY.test(dotted)) return [];
  const found = daysOf(dotted);
  return found.length ? found : daysOf(dotted.replace(EIGHT, "$1/$2/$3"));
}

/** What the orders of day and month make of it. */
function daysOf(text: string): Typed {
  const found = readers.flatMap(({ read }) => {
    try {
      const [first, last] = read(text);
      return first === last ? [isoDay(first)] : [];
    } catch {
      return [];
    }
  });
  return [...new Set(found)] as Typed;
}
