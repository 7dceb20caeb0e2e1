"""The columns of the tables beside the features: obligations, events, changes, sources; declared once."""

from __future__ import annotations

from geodata.columns import Column

OBLIGATIONS = (
    Column("id", "text", "Id", "Id of the obligation.", required=True),
    Column("clause", "integer", "Clause", "Number of the clause.", required=True),
    Column("title", "text", "Title", "The obligation in a line.", required=True),
    Column("owed_by", "text", "Owed by", "Who owes it."),
    Column("owed_to", "text", "Owed to", "To whom."),
    Column("duty", "text", "Duty", "What has to be done."),
    Column("as_of", "day", "As of", "The day of the status.", required=True),
    Column("status", "text", "Status", "Status on that day.", "statuses", required=True),
    Column("deadline_first", "day", "First deadline", "Last day as first announced."),
    Column("deadline_current", "day", "Deadline", "Last day as then known."),
    Column("deadline_met", "day", "Met on", "Day on which it was met."),
    Column("days_late", "integer", "Days late", "Days after the deadline then known; negative: early."),
    Column("days_late_first", "integer", "Days late, first", "Days after the first deadline; negative: early."),
    Column("ended", "day", "Lapsed", "Day on which the obligation lapsed."),
    Column("disputed_since", "day", "Disputed since", "Day since which it is disputed whether it is kept."),
    Column("term_end", "day", "End of term", "Last day of the term."),
    Column("notice_by", "day", "Notice by", "Last day to give notice."),
    Column("zones", "list", "Zones", "Zones that it is about."),
    Column(
        "what_happened",
        "text",
        "What happened",
        "What happened, to the end of the record; empty in a file that tells nothing later than its day.",
    ),
    Column("sources", "list", "Sources", "Ids of the sources."),
)
EVENTS = (
    Column("id", "text", "Id", "Id of the event.", required=True),
    Column(
        "date_edtf", "text", "Date (EDTF)", "Date as known, in Extended Date/Time Format (ISO 8601-2).", required=True
    ),
    Column("first_day", "day", "First day", "First day that the date allows.", required=True),
    Column("last_day", "day", "Last day", "Last day that the date allows; the event counts from it.", required=True),
    Column("event_kind", "text", "Kind", "Kind of event.", "event_kinds"),
    Column("title", "text", "Title", "What happened, in a line.", required=True),
    Column("description", "text", "Description", "What happened.", required=True),
    Column("clauses", "list", "Clauses", "Clauses that it touches."),
    Column("obligations", "list", "Obligations", "Obligations that it touches."),
    Column("zones", "list", "Zones", "Zones that it touches."),
    Column("places", "list", "Places", "Ids of its places."),
    Column("disputed", "flag", "Disputed", "True where accounts differ.", required=True),
    Column("confidence", "text", "Confidence", "How sure the record is.", "confidences"),
    Column("views", "list", "Views", "What each side says, where they differ."),
    Column("sources", "list", "Sources", "Ids of the sources."),
    Column("evidence", "list", "Evidence", "Words of the sources that carry it."),
)
CHANGES = (
    Column("zone", "text", "Ground", "Id of the ground that changed hands.", required=True),
    Column("from_controller", "text", "From", "Who held it before.", "controllers", required=True),
    Column("to_controller", "text", "To", "Who held it from then on.", "controllers", required=True),
    Column("event", "text", "Event", "Id of the event."),
    Column("clause", "integer", "Clause", "Clause that required the change; empty where none did."),
    Column("cause", "text", "Cause", "How it changed hands.", "causes"),
    Column("changed_on", "day", "Changed on", "First day with the new holder.", required=True),
    Column("km2", "number", "Area in km²", "Geodesic area.", required=True),
    Column("disputed", "flag", "Disputed", "True where accounts differ.", required=True),
    Column(
        "record_certain",
        "flag",
        "Certain in the record",
        "False where the record leaves the holder or the date in doubt.",
        required=True,
    ),
    Column("published_km2", "list", "Published areas", "Areas that were printed for that ground, in km²."),
    Column("published_note", "text", "On published areas", "Why the area differs from the printed ones."),
)
SOURCES = (
    Column("id", "text", "Id", "Id of the source, as the columns `sources` have it.", required=True),
    Column("publisher", "text", "Publisher", "Who published it.", required=True),
    Column("title", "text", "Title", "Title.", required=True),
    Column("published", "text", "Published (EDTF)", "Date of publication, in Extended Date/Time Format."),
    Column("address", "text", "Address", "Address of the page; without a scheme where none was seen."),
    Column("language", "text", "Language", "Language of the text that was read (ISO 639-1)."),
    Column("side", "text", "Side", "The party that published it, if one did."),
    Column("seen", "flag", "Seen", "False: general knowledge, no text was seen.", required=True),
    Column("repost", "flag", "Repost", "True: read in a repost or mirror.", required=True),
    Column("note", "text", "Note", "Comment."),
)
TABLES = {"obligations": OBLIGATIONS, "events": EVENTS, "changes": CHANGES, "sources": SOURCES}
