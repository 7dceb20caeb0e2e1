"""Address, map and panels in step: who wins, and that nothing from outside can break the page."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from layers.atlas import atlas_data
from layers.view_state import State, parse
from panels.session import MAP, SESSION, Session, _adopt, is_news

LIMITS = atlas_data().limits


def fresh(query=None):
    state, notices = parse(query or {}, LIMITS)
    return Session(state, "start", None, LIMITS, notices=notices)


def report(session, **values):
    return {"state": {**session.state.as_dict(), **values}, "rev": session.revision}


def test_a_report_is_taken_over():
    session = fresh()
    _adopt(session, report(session, on="2021-01-01"))
    assert session.state.on == "2021-01-01"
    assert session.revision == 1
    assert session.pushed_state.on == "2020-11-10"


def test_an_older_report_is_ignored():
    session = fresh()
    old = report(session, on="2021-01-01")
    session.move(session.state.with_(on="2022-01-01"))
    _adopt(session, old)
    assert session.state.on == "2022-01-01"


def test_a_report_is_news_once():
    session = fresh()
    said = {**report(session, on="2021-01-01"), "serial": 1}
    assert is_news(session, said)
    _adopt(session, said)
    assert not is_news(session, said), "then another address is the reader's doing: Back"
    assert is_news(session, {**said, "serial": 2})
    session.move(session.state.with_(on="2022-01-01"))
    assert not is_news(session, {**said, "serial": 3}), "a panel has asked for a move since"


def test_after_a_lost_session_the_map_is_believed():
    session = fresh()
    _adopt(session, {**report(session, on="2021-01-01"), "rev": 7})
    assert (session.state.on, session.revision) == ("2021-01-01", 7)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["state", "rev", "serial", "on", "view", "layers"]), inner)
    ),
    max_leaves=8,
)


@given(JSON)
def test_no_report_breaks_the_view(message):
    session = fresh()
    _adopt(session, message)
    assert isinstance(session.state, State)
    assert parse(session.query(), LIMITS)[0] == session.state


KEYS = st.sampled_from(
    ["on", "from", "known", "layers", "clause", "lang", "names", "view", "panel", "step", "embed", "x"]
)
VALUES = st.text(max_size=40) | st.sampled_from(
    ["2020-11-20", "none", "clauses", "story", "6", "ru", "40,46,8", "deadlines"]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_address_gives_a_page(query):
    app = AppTest.from_file("../../app.py", default_timeout=120)
    app.query_params.update({key: value for key, value in query.items() if "\x00" not in value})
    app.run()
    assert not app.exception
    assert isinstance(app.session_state[SESSION].state, State)


def test_the_address_is_written_only_when_its_meaning_changes():
    app = AppTest.from_file("../../app.py", default_timeout=120)
    app.query_params.update(
        {"layers": "control,agdam,kalbajar,lachin,lachin-corridor,nakhchivan-link", "utm_source": "x"}
    )
    app.run()
    assert app.session_state[SESSION].written["layers"].startswith("control")
    assert app.query_params["layers"] in (
        ["control,agdam,kalbajar,lachin,lachin-corridor,nakhchivan-link"],
        "control,agdam,kalbajar,lachin,lachin-corridor,nakhchivan-link",
    )
    assert "utm_source" in app.query_params


def test_another_address_wins_over_the_map():
    app = AppTest.from_file("../../app.py", default_timeout=120).run()
    first = app.session_state[SESSION].revision
    app.query_params["on"] = "2021-05-05"
    app.run()
    assert app.session_state[SESSION].state.on == "2021-05-05"
    assert app.session_state[SESSION].revision == first + 1
    assert MAP  # the map is told through its rev
