"""Everything a reader is told in words: vocabulary, dates, one writer for each sentence, catalogues."""

from layers.wording.catalogues import LANGUAGES
from layers.wording.vocabulary import SOVEREIGNTY
from layers.wording.writer import NONE, Translate, Wording, as_read, publisher, wording

__all__ = ["LANGUAGES", "NONE", "SOVEREIGNTY", "Translate", "Wording", "as_read", "publisher", "wording"]
