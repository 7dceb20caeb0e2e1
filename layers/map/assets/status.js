// The status of an obligation on a day, as known on a day: looked up in the timelines that Python computed.

Atlas.statusOf = (obligation, on, known) => {
  const knowledge = known || on;
  const day = knowledge < on ? knowledge : on;
  const line = obligation.timelines.findLast((one) => one.known <= knowledge) || obligation.timelines[0];
  return (line.rows.findLast(([since]) => since <= day) || line.rows[0])[1];
};

Atlas.statusWord = (word) => word.replaceAll("-", " ");

// What the text says of time: the first deadline, the current one, and when it was met.
Atlas.deadlineText = (context, obligation, row) => {
  const { t, date } = context.words;
  if (row.status === "not-in-force") return t("not yet in force");
  const parts = [];
  if (row.due) {
    parts.push(row.first_due && row.first_due !== row.due
      ? t("due {due}, first {first}", { due: date(row.due), first: date(row.first_due) })
      : t("due {due}", { due: date(row.due) }));
  } else if (obligation.term) parts.push(t("a term, no due date"));
  else parts.push(t("no date in the text"));
  if (row.done) parts.push(t("met {day}", { day: date(row.done) }));
  if (row.ended) parts.push(t("ended {day}", { day: date(row.ended) }));
  return parts.join("; ");
};
