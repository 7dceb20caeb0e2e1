"""The text with which an entry of the record is contested: a patch to fill in (see :mod:`geodata.comparison.patch`)."""

FORM = """\
entry: {entry}
field:
present:
proposed:
source:
  publisher:
  title:
  date:
  address:
comment:
data: {version}
"""
