"""What all tests share."""

import os

import hypothesis
import pytest

pytest_plugins = ["tests.browsing"]

# A record that is being edited is not sealed yet; that shows in one test (geodata/test_integrity.py), not in all.
os.environ.setdefault("ATLAS_EDITING", "1")

# How long something takes is told by `make bench`: a busy machine fails no test.
hypothesis.settings.register_profile("atlas", deadline=None)
hypothesis.settings.load_profile("atlas")

SLOW = (
    *(f"tests/{folder}/" for folder in ("browser", "deploy", "hostile", "server", "qgis")),
    *(f"tests/layers/test_{kind}" for kind in ("site", "sheet", "export", "stopped", "folders", "api", "atlas")),
    *(f"tests/panels/test_{kind}" for kind in ("panels", "session")),
    *(
        f"tests/geodata/test_{kind}"
        for kind in (
            *("ground_build", "attribution_cluster", "attribution_hostile", "atomic_write"),
            *("attribution_damage", "attribution_extent", "attribution_projected", "attribution_reading"),
            *("rules", "loading", "patch", "comparison", "translations"),
        )
    ),
    "tests/geodata/test_attribution.py::test_a_hundred_thousand",
    "tests/agreement/test_agreement.py::test_the_other_pages",
    "tests/layers/test_document.py::test_the_command_writes",
    "tests/layers/test_document.py::test_the_same_input",
    "tests/test_docs_site.py",
    "tests/test_install.py",
    "tests/test_notebook.py",
    "tests/test_docs.py::test_every_row_of_what_holds",
)
"""What `make quick` leaves out, by the start of its id: browsers, servers, installations, whole sheets, sites and exports, many processes, many damaged files, a whole record for each case."""


def pytest_collection_modifyitems(items):
    """Mark what is slow."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
