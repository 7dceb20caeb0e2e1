"""How what is known is drawn: the map document, the print sheet and the export formats."""
