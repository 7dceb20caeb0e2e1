"""The state of a view: any URL gives a state; a state survives its URL."""

import string
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from layers import view_state as states

ALLOWED = states.Limits(
    start="1994-05-12",
    end="2026-06-08",
    layers=("agdam", "kalbajar", "lachin", "lachin-corridor", "nakhchivan-link", "control", "nkao"),
    groups=(("withdrawal-zones", ("agdam", "kalbajar", "lachin")),),
    clauses=tuple(range(1, 10)),
    on="2020-11-10",
    version="1.2.0+0123456789ab",
)
DAYS = st.dates(min_value=date(1994, 5, 12), max_value=date(2026, 6, 8))


@st.composite
def good_states(draw):
    on = draw(DAYS)
    earlier = draw(st.none() | DAYS.filter(lambda day: day <= on))
    return states.State(
        on=on.isoformat(),
        from_=earlier and earlier.isoformat(),
        known=draw(st.none() | DAYS.map(str)),
        layers=tuple(sorted(draw(st.sets(st.sampled_from(ALLOWED.layers))), key=ALLOWED.layers.index)),
        clause=draw(st.none() | st.integers(1, 9)),
        lang=draw(st.sampled_from(["en", "az", "hy", "ru"])),
        names=draw(st.sampled_from(["neutral", "az", "hy", "ru"])),
        view=draw(
            st.none()
            | st.tuples(
                st.floats(37, 43).map(lambda x: round(x, 4)),
                st.floats(42, 52).map(lambda x: round(x, 4)),
                st.floats(5, 15).map(lambda x: round(x, 2)),
            )
        ),
    )


@given(good_states())
def test_a_state_survives_its_url(state):
    assert states.parse(states.query(state, ALLOWED), ALLOWED) == (state, [])


@given(good_states())
def test_a_state_survives_json(state):
    assert states.from_dict(state.as_dict(), ALLOWED) == (state, [])


@given(
    st.dictionaries(
        st.sampled_from(["on", "from", "known", "layers", "clause", "lang", "names", "view", "x"]), st.text()
    )
)
def test_any_url_gives_a_state_and_says_what_it_left_out(query):
    state, notices = states.parse(query, ALLOWED)
    assert states.parse(states.query(state, ALLOWED), ALLOWED) == (state, [])
    for notice in notices:
        assert len(str(notice)) < 200


@given(st.dictionaries(st.text(string.ascii_lowercase), st.none() | st.booleans() | st.floats() | st.lists(st.text())))
def test_any_report_of_the_browser_gives_a_state(values):
    states.from_dict(values, ALLOWED)


def test_bad_values_are_named():
    query = {
        "on": "2020-13-01",
        "layers": "agdam,atlantis",
        "clause": "12",
        "lang": "fr",
        "view": "1,2",
        "from": "2024-01-01",
    }
    state, notices = states.parse(query, ALLOWED)
    said = " ".join(map(str, notices))
    assert state == states.default(ALLOWED).with_(layers=("agdam",))
    for word in ("2020-13-01", "atlantis", "“12”", "fr", "1,2", "2024-01-01"):
        assert word in said


def test_a_day_after_the_record_shows_its_last_state_and_says_so():
    state, notices = states.parse({"on": "2031-01-01"}, ALLOWED)
    assert state.on == "2026-06-08"
    assert "2026-06-08" in str(notices[0])


def test_a_day_before_the_record_is_refused():
    state, notices = states.parse({"on": "1990-01-01"}, ALLOWED)
    assert state.on == "2020-11-10"
    assert "1994-05-12" in str(notices[0])


def test_a_group_opens_and_none_is_none():
    assert states.parse({"layers": "withdrawal-zones"}, ALLOWED)[0].layers == ("agdam", "kalbajar", "lachin")
    assert states.parse({"layers": "none"}, ALLOWED)[0].layers == ()


def test_page_keys_fall_back():
    good = {"panel": "clauses", "step": "the-line", "compare": "swipe", "card": "piece:agdam@40.1,46.9", "tab": "table"}
    assert states.page_values(good) == good
    bad = {"panel": "../x", "step": "<b>", "compare": "both", "card": "place:<b>", "tab": "card"}
    assert states.page_values(bad) == {"panel": "start", "step": None, "compare": None, "card": None, "tab": None}


def test_a_key_of_the_page_that_asks_for_what_there_is_not_is_told():
    query = {"panel": "../x", "step": "nonsense", "compare": "swipe", "tab": "card"}
    told = " ".join(map(str, states.page_notices(query, replace(ALLOWED, steps=("the-line",)))))
    assert "panel can't be “../x”" in told
    assert "no step “nonsense”" in told
    assert "tab can't be “card”" in told
    assert "compare" not in told
    assert states.page_notices({"step": "the-line"}, replace(ALLOWED, steps=("the-line",))) == []
