"""docs/method-ground.md says what the data say: areas, residual, stretches."""

from pathlib import Path

from geodata.ground import load_ground
from geodata.loading import load_record
from geodata.measures import computed_beside_published, shares

TEXT = (Path(__file__).parents[2] / "docs" / "method-ground.md").read_text("utf-8")
GROUND, RECORD = load_ground(), load_record()


def test_every_computed_area_stands_in_the_method():
    for row in computed_beside_published(GROUND, RECORD):
        assert f"| {row.what} | {row.km2:,.1f} |" in TEXT
        if row.difference_percent is not None and abs(row.difference_percent) > 5:
            assert row.explained in TEXT


def test_the_shares_of_the_ground_held_before_the_war_stand_in_the_method():
    for share in shares(GROUND, RECORD):
        assert f"| {share.what} | {share.km2:,.1f} | {share.percent:.1f} % | {share.published_percent:g} %" in TEXT
        assert share.explained in TEXT


def test_the_residual_is_told():
    residual = sum(piece.km2 for piece in GROUND.pieces if piece.basis == "residual")
    assert f"**{residual:,.1f} km²**" in TEXT


def test_every_interpolated_stretch_is_listed_with_its_error():
    for line in GROUND.lines:
        if line.zone == "line-2020-11-10" and line.between:
            flag = "yes" if line.uncertain else ""
            assert f"| {line.km:.1f} | {line.accuracy_m:,} | {flag} |" in TEXT


def test_the_lengths_of_the_schemes_are_told():
    for line in GROUND.lines:
        if line.id in {"meghri-section", "horadiz-aghband"}:
            assert f"{line.km:.1f} km" in TEXT


def test_published_areas_carry_the_names_of_the_record():
    names = {unit.id: unit.names.neutral.partition(" (")[0] for unit in RECORD.units}
    for row in RECORD.published.areas:
        if row.units:
            assert row.what.startswith(names[row.units[0]])
