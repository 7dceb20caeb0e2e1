// How an obligation stood on a day.

import type { Day } from "./contract.ts";
import type { Obligation, TimelineRow } from "./payload.ts";

/** Status of an obligation on a day, as known on a day: looked up in the timelines that Python computed. */
export function statusOf(obligation: Obligation, on: Day, known: Day | null): TimelineRow {
  const knowledge = known ?? on;
  const day = knowledge < on ? knowledge : on;
  const line = obligation.timelines.findLast((one) => one.known <= knowledge) ?? obligation.timelines[0];
  const row = line?.rows.findLast(([since]) => since <= day) ?? line?.rows[0];
  if (!row) throw new Error(`${obligation.id} has no timeline`);
  return row[1];
}
