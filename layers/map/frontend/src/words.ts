// The types of a language: its words, and what differs from the English in the texts of the record.

/** What it takes to speak a language; `words` holds the translations by their English form. */
export interface Words {
  words: Record<string, string>;
  /** What the text says of time and what came of it; how late. Written in Python (layers/wording/writer.py). */
  deadlines: [deadline: string, lateness: string][];
  numbers: [decimal: string, group: string];
  dates: { long: string; brief: string; months: string[]; short: string[]; alone: string[] };
  /** Whether the texts of the record are a translation that no native reader has read. */
  draft?: boolean;
  /** What differs from the English in the texts. */
  titles?: Difference;
}
/** Values in the shape of what they replace, with numbers for entries of lists; null: nothing stands there. */
export interface Difference {
  [key: string]: Difference | string | null;
}
