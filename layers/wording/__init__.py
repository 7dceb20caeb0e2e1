"""Everything a reader is told in words: vocabulary, dates, one writer for each sentence, catalogues."""
