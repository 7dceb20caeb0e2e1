"""Squeezing takes blanks and remarks, never a letter of a string, a template or a regular expression."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.map import squeeze

KEPT = st.text(alphabet=st.characters(exclude_characters='\\"\n\r', exclude_categories=("Cs",)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("const a = 1; // remark\nlet b;", "const a=1;let b;"),
        ('h("a  //  b", `x  ${t("c  ;  d")}  y`)', 'h("a  //  b",`x  ${t("c  ;  d")}  y`)'),
        ("word.replace(/[ '\"/]  +/g, '')", "word.replace(/[ '\"/]  +/g,'')"),
        ("a + +b - -c", "a + +b - -c"),
        ("return a\n  || b", "return a||b"),
        ("x = {\n  y,\n}\nnext()", "x={y,}\nnext()"),
        ("/* one\n two */ if (a) b", "if(a)b"),
        ("`a${ {b: `c  d`}.b }  e`  +  f", "`a${ {b: `c  d`}.b }  e` + f"),
    ],
)
def test_scripts(before, after):
    assert squeeze.script(before) == after


@given(KEPT)
def test_strings_stay_whole(text):
    assert f'"{text}"' in squeeze.script(f'f ( "{text}" ) ;')


def test_styles_keep_the_blank_between_descendants():
    assert squeeze.style("/* x */\n.a :focus , .b {\n  color: red;\n}\n") == ".a :focus,.b{color:red}"
