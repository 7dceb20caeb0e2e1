"""Nothing here: browser and application come from tests/browsing.py, one of each for all folders of tests."""
