"""The map opened from its self-contained file."""


def until(page, condition):
    """Ask again and again; `wait_for_function` may not, under a policy without eval."""
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def open_map(page, document, fragment=""):
    """Open the document anew, also where only the fragment differs; gives the page once the map stands."""
    page.goto("about:blank")
    page.goto(document + fragment)
    until(page, "Boolean(window.atlas && window.atlas.ready)")
    page.evaluate("window.atlas.ready")
    return page
