"""The map opened from its self-contained file."""

from tests.browsing import comes, until

WHOLE = """(({state, parts}) => Boolean(parts().later.parts && parts().texts.late && parts().record.has(state().lang, "cards")
  && document.querySelector(".atlas").lang === state().lang))(window.atlas)"""
"""The parts that come after the first paint, the texts of the cards and the words of the language are here."""
STILL = """async () => {
  await document.fonts.ready;
  // A change is painted, then lists and names follow, then, when nothing else is to do, the badges (store.ts, badges.ts).
  await Promise.race([
    new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestIdleCallback(() => requestAnimationFrame(done))))),
    // Chromium has lost an idle callback on a busy machine.
    new Promise((done) => setTimeout(done, 10000)),
  ]);
}"""


def still(page):
    """Wait until all that follows a change of the map is drawn."""
    comes(page, STILL)


def open_map(page, document, fragment=""):
    """Open the document again, also where only the fragment differs; gives the page once all of the map is there."""
    page.goto("about:blank")
    page.goto(document + fragment)
    until(page, "Boolean(window.atlas && window.atlas.ready)")
    page.evaluate("window.atlas.ready")
    until(page, WHOLE)
    still(page)
    return page


def copied_link(page):
    """What “Copy link” puts on the clipboard."""
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("The link is copied.").wait_for()
    return page.evaluate("navigator.clipboard.readText()")
