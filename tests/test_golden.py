"""Each shipped scenario plays as its golden timeline says, row by row."""

from __future__ import annotations

import pytest
from golden_lines import FOLDER, lines, shipped


@pytest.mark.parametrize("scenario", shipped())
def test_the_expected_play_is_the_golden_one(scenario: str) -> None:
    """If the change is meant, run `python tests/golden_lines.py`, read the diff, and say why in CHANGELOG."""
    golden = (FOLDER / f"{scenario}.txt").read_text("utf-8").splitlines()
    assert lines(scenario) == golden
