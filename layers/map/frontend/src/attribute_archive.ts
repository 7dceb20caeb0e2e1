// A zip archive that can't open up into far more than it is (geodata/attribution/reading/archive.py).

import { unzipSync } from "fflate";
import { InputError } from "./attribute_words.ts";
import { word } from "./language.ts";

const MEMBERS = 10_000;
/** Bytes that one compressed byte may open up to, beyond the first 16 MB; and bytes of a single part. */
const [FREE, RATIO, PART] = [2 ** 24, 200, 2 ** 28];
const LOCKED = 1;

/** The names in an archive, and their contents, unpacked one by one. */
export interface Archive {
  names: string[];
  /** Null where there is none of that name. */
  read(name: string): Uint8Array | null;
}

/** Throws {@link InputError}. */
export function openArchive(bytes: Uint8Array): Archive {
  const sizes = new Map<string, number>();
  let count = 0;
  let total = 0;
  unzipped(bytes, ({ name, originalSize }) => {
    count += 1;
    total += originalSize;
    sizes.set(name, originalSize);
    return false;
  });
  if (count > MEMBERS)
    throw new InputError(word("the file has more than {parts} parts: it is refused."), { parts: MEMBERS });
  if (total > FREE + RATIO * bytes.length)
    throw new InputError(word("the file expands to more than {ratio} times its size: it is refused."), {
      ratio: RATIO,
    });
  if ((bytes[6] ?? 0) & LOCKED) throw new InputError(word("the file is locked with a password: save it without one."));
  return {
    names: [...sizes.keys()],
    read: (wanted) => {
      const size = sizes.get(wanted);
      if (size === undefined) return null;
      if (size > PART)
        throw new InputError(word("the file opens up into more than {size} MB: use the command."), {
          size: PART / 2 ** 20,
        });
      return unzipped(bytes, ({ name }) => name === wanted)[wanted] ?? null;
    },
  };
}

function unzipped(bytes: Uint8Array, filter: NonNullable<Parameters<typeof unzipSync>[1]>["filter"] & object) {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    throw new InputError(word("the file is damaged: {reason}."), {
      reason: String((error as Error).message).slice(0, 120),
    });
  }
}
