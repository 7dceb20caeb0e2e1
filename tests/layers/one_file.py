"""What the self-contained file holds, as a reader's browser unpacks it."""

import base64
import gzip
import json
import re


def held(page, name):
    """The data of the element ``name`` in the text of the file."""
    packed = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(gzip.decompress(base64.b64decode(json.loads(packed))))
