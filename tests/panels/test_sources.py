"""The register of sources: counted, filtered, each with its publisher and its whole title as a link."""

import html
import re

from layers.atlas import atlas_data
from tests.panels.test_panels import run, text


def counted(app):
    """How many sources the panel says there are."""
    return int(re.search(r"Sources: ([\d,]+)\.", text(app)).group(1).replace(",", ""))


def test_every_source_in_sight_has_its_publisher_and_its_whole_title_as_a_link():
    app = run(panel="sources")
    rows = app.table[0].value
    sources = atlas_data().record.sources[: len(rows)]
    for source, (publisher, title) in zip(sources, rows.itertuples(index=False), strict=True):
        assert html.unescape(publisher).startswith(source.publisher)
        assert source.title in html.unescape(title)
        assert (f"](https://{source.address}" in title) == bool(source.address)


def test_sources_are_filtered():
    app = run(panel="sources")
    everything = counted(app)
    assert everything == len(atlas_data().record.sources)
    app.multiselect(key="sources-filter").set_value(["armenia"]).run()
    assert 0 < counted(app) < everything
    app.text_input(key="sources-search").set_value("zzzz").run()
    assert counted(app) == 0


def test_sources_that_nobody_saw_are_counted():
    """One is not “the others”."""
    unseen = sum(not source.seen for source in atlas_data().record.sources)
    assert unseen == 1
    assert f"Sources: {len(atlas_data().record.sources):,}. 1 is general knowledge" in text(run(panel="sources"))
