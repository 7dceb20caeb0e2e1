"""The panel of the reader's own points on a line that breaks."""

import pytest

from layers.wording import wording

pytestmark = pytest.mark.browser


def test_what_cannot_be_had_is_said_in_the_language(page, app_url):
    """First the list to try, then what reads lists; both come when the panel is opened again on a sound line."""
    broken = wording("ru").tr("This part of the map can't be loaded; check the connection and try again.")
    page.route("**/made-up-incidents*.csv", lambda route: route.abort())
    page.goto(f"{app_url}?panel=points&lang=ru")
    page.get_by_role("button", name=wording("ru").tr("Try a made-up list")).click()
    page.get_by_text(broken).wait_for()
    page.route("**/attribute*.json", lambda route: route.abort())
    page.goto(f"{app_url}?panel=points&lang=ru")
    page.get_by_text(broken).wait_for()
    page.unroute_all()
    page.goto(f"{app_url}?panel=points&lang=ru")
    page.get_by_role("button", name=wording("ru").tr("Try a made-up list")).click()
    page.get_by_role("button", name=wording("ru").tr("Place the points")).wait_for()
