"""Hostile addresses, messages and arguments: never an exception for the reader, a foreign file, or another host."""

import json
import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geodata.ground import load_ground
from geodata.loading import load_record
from layers import view_state as states
from tests.browsing import PATIENCE, ROOT, rest
from tests.hostile.corpus import LONG, PAYLOADS

RECORD = load_record()
LIMITS = states.limits(RECORD)
KEYS = ("on", "from", "known", "layers", "clause", "lang", "names", "view", "panel", "step", "rev", "__proto__", "")
NEARLY = st.sampled_from(
    ("2020-11-10", "2020-02-30", "0000-00-00", "9999-12-31", "2040-01-01", "1994-05-11", "none", "control,lachin", "control," * 900,
     "0", "10", "९", "en", "EN", "40,46,9", "nan,inf,9", "1e309,46,9", "40,46,-0", "../../etc/passwd", "start", "tables", *PAYLOADS, LONG)
)  # fmt: skip
TEXT = st.one_of(NEARLY, st.text(max_size=40))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
QUERY = st.dictionaries(st.sampled_from(KEYS), TEXT, max_size=8)


def sound(state):
    """A state that every renderer can take."""
    assert LIMITS.start <= state.on <= LIMITS.end
    assert set(state.layers) <= set(LIMITS.layers)
    assert state.clause in {None, *range(1, 10)}
    assert state.lang in {"en", "az", "hy", "ru"}
    assert state.from_ is None or LIMITS.start <= state.from_ <= state.on
    assert state.view is None or 37 <= state.view[0] <= 43


@settings(max_examples=400)
@given(QUERY)
def test_any_address_gives_a_state_and_notices_that_show_safely(query):
    state, notices = states.parse(query, LIMITS)
    sound(state)
    assert states.parse(states.query(state, LIMITS), LIMITS) == (state, [])
    for notice in notices:
        assert len(str(notice)) < 300
        assert not set(str(notice)) & set("\0\u202e\u2066\u2028\ud800")
    assert set(states.page_values(query)) == {"panel", "step", "compare", "card", "tab"}


@settings(max_examples=400)
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), JSON, max_size=6))
@example({"on": [["2020-11-10"]], "layers": {"control": 1}, "view": [float("nan")] * 3, "clause": True})
def test_any_message_gives_a_state(values):
    sound(states.from_dict(values, LIMITS)[0])


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(QUERY, JSON)
@example({"panel": "claims", "step": "../x", "on": "x"}, {"state": {"on": 3}, "rev": 10**400})
def test_any_address_and_report_gives_a_page(query, report):
    """The page's script with an address and, as the browser's report, whatever arrives."""
    from streamlit.testing.v1 import AppTest

    from panels.session import SESSION, _adopt

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    app.query_params.update({key: value for key, value in query.items() if key})
    app.run()
    assert not app.exception
    assert not app.error
    session = app.session_state[SESSION]
    _adopt(session, report)
    _adopt(session, {"state": report, "rev": 5})
    sound(session.state)
    app.run()
    assert not app.exception


ARGUMENT = st.one_of(
    TEXT, st.sampled_from(["--on", "--out", "--from", "--json", "-1", "--", "--help", "nan", "inf", "-91", "@x", "%s"])
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["at", "status", "changes"]), st.lists(ARGUMENT.filter(lambda text: text != "--help"), max_size=6)
)
def test_any_arguments_of_geodata_end_in_a_sentence(command, arguments):
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from geodata.__main__ import main

    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([command, *arguments])
        except SystemExit as end:
            status = end.code
    assert status in {0, 2}
    if status == 2:
        assert out.getvalue() == ""
        assert err.getvalue().strip()
        assert "Traceback" not in err.getvalue()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["snapshot", "export"]),
    st.sampled_from(["--on", "--layers", "--known", "--view", "--clause", "--names"]),
    TEXT,
)
def test_any_arguments_of_layers_end_in_a_sentence_and_touch_no_file(tmp_path, command, option, value):
    from contextlib import redirect_stderr, redirect_stdout
    from io import StringIO

    from layers.__main__ import main

    inside = tmp_path / "out"
    inside.mkdir(exist_ok=True)
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(
                [
                    command,
                    "--on=2020-11-25",
                    f"--out={inside / 'x.geojson' if command == 'export' else inside / 'x.nothing'}",
                    f"{option}={value}",
                ]
            )
        except SystemExit as end:
            status = end.code
    assert status in {0, 2}
    assert status == 0 or (err.getvalue().strip() and "Traceback" not in err.getvalue())
    assert {path.name for path in inside.iterdir()} <= {"x.geojson"}
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


@pytest.mark.parametrize(
    "name",
    [
        "../escape.geojson",
        "a/b.geojson",
        "x.geojson/y.geojson",
        "\udcff.exe",
        "CON.geojson\n",
        "x" * 300 + ".geojson",
        "/dev/null/x.geojson",
    ],
)
def test_odd_output_names_are_refused_or_meant(tmp_path, name):
    """A name is taken as it stands; what can't be written is refused in one sentence and nothing is left behind."""
    (tmp_path / "in").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "layers", "export", "--on", "2020-11-25", "--out", os.fsencode(f"in/{name}")],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    if done.returncode == 2:
        assert written == []
        assert done.stderr.strip()
    else:
        assert [path.resolve() for path in written] == [(tmp_path / "in" / name).resolve()]


def test_no_command_contacts_a_host(tmp_path):
    """Every command runs under Python's audit: no connection, no look-up of a name, no file written but those named."""
    probe = """
import os, sys
allowed = [os.getcwd(), os.environ["TMPDIR"], "/dev/null"]
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}:
        os.write(2, f"{event} {arguments}".encode()); os._exit(9)
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        path = os.path.abspath(os.fsdecode(arguments[0])) if isinstance(arguments[0], (str, bytes)) else "/dev/null"
        if not path.startswith(tuple(allowed)) and not path.endswith(".pyc") and ".pyc." not in path:
            os.write(2, f"wrote {path}".encode()); os._exit(9)
sys.addaudithook(watch)
from geodata.__main__ import main as geodata
from layers.__main__ import main as layers
assert geodata(["at", "39.991", "46.9274", "--on", "2020-11-20", "--json"]) == 0
assert geodata(["status", "--on", "2021-01-01"]) == 0
assert layers(["html", "--out", "x.html"]) == 0
assert layers(["snapshot", "--on", "2020-11-25", "--out", "x.svg"]) == 0
for ending in ("geojson", "gpkg", "kml", "csv", "parquet"):
    assert layers(["export", "--on", "2020-11-25", "--out", f"x.{ending}"]) == 0
"""
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "cache").mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"x.{one}" for one in ("html", "svg", "geojson", "gpkg", "kml", "csv", "csv-metadata.json", "parquet")
    )


@pytest.mark.browser
def test_show_takes_anything(page, app_url):
    """`window.atlas.show` in Chromium, with two hundred values that hypothesis makes."""
    page.goto(app_url)
    page.wait_for_selector("path[data-controller]", state="attached")
    values = []

    @settings(max_examples=120, database=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6) | JSON)
    def collect(value):
        values.append(value)

    collect()
    texts = [
        json.dumps(value).replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null")
        for value in values
    ]
    bad = page.evaluate(
        """async (texts) => {
          const bad = [];
          for (const text of texts) {
            try { await window.atlas.show(JSON.parse(text)); } catch (error) { bad.push([text.slice(0, 200), String(error)]); }
            const {on, layers, lang, view} = window.atlas.state();
            if (!/^\\d{4}-\\d\\d-\\d\\d$/.test(on) || !Array.isArray(layers) || !["en", "az", "hy", "ru"].includes(lang) || (view && !view.every(Number.isFinite))) bad.push([text.slice(0, 200), "state"]);
          }
          return bad;
        }""",
        texts,
    )
    assert bad == []
    assert page.evaluate("window.ran") is None
    assert page.locator("path[data-controller]").count() > 20


@pytest.mark.browser
@pytest.mark.parametrize("payload", [PAYLOADS[0], PAYLOADS[1], PAYLOADS[3], PAYLOADS[5], PAYLOADS[21]])
def test_a_hostile_address_runs_nothing(page, app_url, payload):
    page.goto(
        app_url
        + "?"
        + urlencode(
            {"on": payload, "layers": payload, "clause": payload, "view": payload, "step": payload, "panel": payload}
        )
    )
    page.wait_for_selector("path[data-controller]", state="attached")
    rest(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x], a[href^='javascript:' i]").count() == 0
    assert "This part of the page failed" not in page.evaluate("document.body.textContent")


def test_the_ground_is_left_alone():
    assert load_ground().coverage_end == RECORD.statement.coverage_end
