"""Everything in an SVG, the pictures inside it included."""

import base64
import xml.etree.ElementTree as ET

INSIDE = "data:image/svg+xml;base64,"


def elements(content):
    """Every element as ``(tag, attributes)``, those of an SVG inside too."""
    for element in ET.fromstring(content).iter():
        tag = element.tag.rpartition("}")[2]
        yield tag, element.attrib
        for value in element.attrib.values():
            if tag == "image" and value.startswith(INSIDE):
                yield from elements(base64.b64decode(value.removeprefix(INSIDE)))


def is_quiet(content):
    """No script, nothing that runs or embeds, and no address but one inside the file."""
    for tag, attributes in elements(content):
        assert tag not in {"script", "foreignObject", "iframe", "a", "x"}, tag
        for name, value in attributes.items():
            assert not name.rpartition("}")[2].lower().startswith("on"), name
            inside = tag == "image" and value.startswith("data:image/")
            assert not name.endswith("href") or value.startswith("#") or inside, value[:80]
    return True
