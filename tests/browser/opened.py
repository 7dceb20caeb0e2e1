"""The map opened from its self-contained file."""

import time

from tests.browsing import PATIENCE


def until(page, condition):
    """Ask again and again; `wait_for_function` may not, under a policy without eval."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(20)


WHOLE = """(({state, parts}) => parts().later.parts && document.querySelector(".atlas").lang === state().lang)(window.atlas)"""
"""The parts that come after the first paint, and the words of the language, are here."""


def open_map(page, document, fragment=""):
    """Open the document again, also where only the fragment differs; gives the page once all of the map is there."""
    page.goto("about:blank")
    page.goto(document + fragment)
    until(page, "Boolean(window.atlas && window.atlas.ready)")
    page.evaluate("window.atlas.ready")
    until(page, WHOLE)
    return page
