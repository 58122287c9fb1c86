"""What `import sim` promises: the names on its page, cheap to import, never hiding a room of the house."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys

import pytest

import sim

HEAVY = ("pandas", "numpy", "matplotlib", "bokeh", "scipy", "pydantic", "simpy", "click", "rich")


def test_the_page_lists_exactly_the_public_names() -> None:
    listed = re.findall(r"^    (\w+)  ", sim.__doc__ or "", flags=re.MULTILINE)
    assert sorted(listed) == sim.__all__


@pytest.mark.parametrize("name", sim.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(sim, name)
    assert (thing.__doc__ or "").strip()
    assert name in dir(sim)


def test_no_public_name_hides_a_sub_package() -> None:
    rooms = {module.name for module in pkgutil.iter_modules(sim.__path__)}
    assert {"plan", "play", "record"} <= rooms
    assert not rooms & set(sim.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sim.nothing


def test_importing_sim_imports_nothing_heavy() -> None:
    code = f"import sim, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
