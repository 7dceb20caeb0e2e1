"""The map opened from its self-contained file."""

import time

from tests.browsing import PATIENCE


def until(page, condition):
    """Ask again and again; `wait_for_function` may not, under a policy without eval."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


def open_map(page, document, fragment=""):
    """Open the document again, also where only the fragment differs; gives the page once the map stands."""
    page.goto("about:blank")
    page.goto(document + fragment)
    until(page, "Boolean(window.atlas && window.atlas.ready)")
    page.evaluate("window.atlas.ready")
    return page
