"""The two READMEs say the same, and what they show exists."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from ruamel.yaml import YAML

from sim.cli.door import NAMES
from sim.plan.compile import compile_plan
from sim.plan.workspace import load_roster, load_scenario

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")


def code(text: str) -> list[str]:
    """Return the fenced blocks of `text` without their comments."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [re.sub(r" *#.*", "", block) for block in blocks]


def test_both_readmes_give_the_same_commands() -> None:
    assert code(ENGLISH) == code(CHINESE)
    assert len(code(ENGLISH)) >= 3


def test_both_readmes_have_the_same_chapters_and_files() -> None:
    def headings(text: str) -> list[int]:
        return [len(mark) for mark in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]

    def rows(text: str) -> list[str]:
        return re.findall(r"^\| `([^`]+)`", text, flags=re.MULTILINE)

    assert headings(ENGLISH) == headings(CHINESE)
    assert rows(ENGLISH) == rows(CHINESE)


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_and_page_that_is_linked_exists(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).is_file()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_told_exists(page: str) -> None:
    told = re.findall(r"`(?:\S*[/\\])?tuiyan ([a-z]+)", (ROOT / page).read_text("utf-8"))
    assert set(told) <= set(NAMES)


def test_every_target_of_make_that_is_told_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for page in PAGES:
        for target in re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", (ROOT / page).read_text("utf-8"), re.M):
            assert re.search(rf"^{''.join(target)}:", makefile, re.MULTILINE)


def test_the_lock_names_no_index_and_no_path() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        assert all(
            re.match(r"[a-z0-9-]+(\[[a-z,-]+\])?==\S+( ; .+)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", row)
            for row in lines
        )


def test_what_is_required_with_an_extra_is_locked_with_it() -> None:
    """Else pip asks the index for the newest release of ``name[extra]``, and finds one day that it is not locked."""
    lock = (ROOT / "requirements-dev.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)(\[[a-z,]+\])?==", lock, flags=re.MULTILINE))
    for name in locked:
        try:
            required = [Requirement(text) for text in distribution(name).requires or ()]
        except PackageNotFoundError:
            continue  # for another platform
        for one in required:
            if (
                one.extras
                and one.name in locked
                and (one.marker is None or one.marker.evaluate({"extra": ""}))
            ):
                assert set(locked[one.name].strip("[]").split(",")) >= one.extras, f"{name} requires {one}"


def test_the_lock_of_the_tools_holds_the_lock_of_the_program() -> None:
    def pins(name: str) -> set[str]:
        """Package and version; an extra may need on more platforms what the program needs on some."""
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-dev.txt")


def test_the_python_of_the_readme_runs(elsewhere: Path) -> None:
    (block,) = (text for text in code(ENGLISH) if text.startswith("import sim"))
    names: dict[str, object] = {}
    exec(block, names)
    assert (elsewhere / "reports/from-python/report.html").is_file()
    assert names["findings"].gaps  # type: ignore[attr-defined]


# --- the examples of scenarios/README.md

EXAMPLES = re.findall(
    r"^```yaml\n# (\S+)\n(.*?)^```",
    (ROOT / "scenarios/README.md").read_text("utf-8"),
    flags=re.MULTILINE | re.DOTALL,
)
FILES = {"情景文件": "scenarios/blast-furnace-gas.yaml", "roster/strength.yaml": "roster/strength.yaml"}
TOPICS = (
    "networks", "busy", "breaks", "after", "reporter", "publishes", "clocks", "hazards", "growth", "aftermath",
    "holidays", "roads",
)  # fmt: skip


def put_into(given: Any, fragment: Any) -> None:
    """Put a fragment into a file: mappings key by key, anything else in place of what stood there."""
    for key, value in fragment.items():
        if isinstance(value, dict) and isinstance(given.get(key), dict):
            put_into(given[key], value)
        else:
            given[key] = value


@pytest.mark.parametrize(
    ("file", "text"), EXAMPLES, ids=[text.split(":")[0] + str(n) for n, (_, text) in enumerate(EXAMPLES)]
)
def test_every_example_compiles_within_a_real_scenario(file: str, text: str, tmp_path: Path) -> None:
    for folder in ("roster", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    yaml, path = YAML(), tmp_path / FILES[file]
    yaml.width = 1000
    given, fragment = yaml.load(path), yaml.load(text)
    before = compile_plan(*models(tmp_path))
    put_into(given, fragment)
    with path.open("w", encoding="utf-8") as out:
        yaml.dump(given, out)
    assert compile_plan(*models(tmp_path)) != before


def models(workspace: Path) -> tuple[Any, Any]:
    roster = load_roster(workspace)
    scenario = load_scenario(workspace / "scenarios/blast-furnace-gas.yaml", roster)
    return roster.model, scenario.model


def test_every_topic_has_an_example_under_its_heading() -> None:
    headings = re.findall(r"^### .*（(.+)）$", (ROOT / "scenarios/README.md").read_text("utf-8"), flags=re.M)
    named = [name for heading in headings for name in heading.split("、")]
    assert set(named) == {*TOPICS, "workdays"}
    said = "".join(text for _, text in EXAMPLES)
    assert [topic for topic in TOPICS if not re.search(rf"\b{topic}:", said)] == []
