"""What all tests share."""

import os

pytest_plugins = ["tests.browsing"]

# A record that is being edited is not sealed yet; that shows in one test (geodata/test_integrity.py), not in all.
os.environ.setdefault("ATLAS_EDITING", "1")
