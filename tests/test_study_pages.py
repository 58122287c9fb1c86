"""The pages about studies: both languages say the same, and their commands are taken by the programs they call."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from sim.plan.overrides import read_overrides
from sim.plan.workspace import load_roster, load_scenario
from sim.study.precise import Precision
from sim.study.sensitivity import HIGH, LOW
from sim.study.statistics import TARGET, verdict, wilson
from sim.study.versions import PACKAGES
from sim.words import say
from sim.words.study import STUDY
from sim.words.what_if import HEADS

DOCS = Path(__file__).parent.parent / "docs"
NAMES = ("study", "cluster")
each_page = pytest.mark.parametrize("name", NAMES)


def pages(name: str) -> tuple[str, str]:
    """The page in English and in Chinese."""
    english, chinese = ((DOCS / f"{name}{ending}.md").read_text("utf-8") for ending in ("", ".zh-CN"))
    return english, chinese


def blocks(text: str, kind: str = "") -> list[str]:
    """The fenced blocks of a kind."""
    found = re.findall(r"^```([^\n]*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    return [body for its, body in found if its == kind]


def commands(name: str, program: str) -> list[list[str]]:
    """What stands after `program` in every line of a page that calls it."""
    lines = [shlex.split(line) for block in blocks(pages(name)[0]) for line in block.splitlines() if line]
    return [words[1:] for words in lines if words[0] == program]


@each_page
def test_both_languages_give_the_same_commands_chapters_and_tables(name: str) -> None:
    english, chinese = pages(name)
    assert blocks(english) == blocks(chinese)
    assert blocks(english, "yaml") == blocks(chinese, "yaml")
    for found in (r"^(#+ [\d.]*)", r"^(\|) ", r"^(- )", r"`(--[a-z-]+)"):
        told = [sorted(re.findall(found, text, flags=re.MULTILINE)) for text in (english, chinese)]
        assert told[0] == told[1], found
        assert told[0] or found == r"^(- )"


@each_page
def test_what_a_page_links_exists(name: str) -> None:
    for text in pages(name):
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        assert len(links) >= 2
        assert [link for link in links if not (DOCS / link).is_file()] == []


@each_page
def test_every_command_is_taken(name: str) -> None:
    told = commands(name, "tuiyan")
    assert told
    for command, *args in told:
        module = import_module(f"sim.cli.commands.{command}")
        context = module.command.make_context(command, list(args), obj="en")
        assert context.params["scenario" if command != "why" else "run"]


def test_every_command_of_dask_is_taken() -> None:
    pytest.importorskip("distributed")
    told = commands("cluster", "dask")
    assert [words[0] for words in told] == ["scheduler", "worker"] * 2
    for command, *args in told:
        main: click.Command = import_module(f"distributed.cli.dask_{command}").main
        given = main.make_context(command, list(args)).params
        assert given["dashboard"] is False
        assert not given["preload_argv"], "where Dask puts options that it does not know"
        assert command == "scheduler" or (given["nthreads"], given["n_workers"]) == (1, "4")


def test_the_settings_of_encryption_are_settings_of_dask() -> None:
    """A misspelt one would be passed over, and the ports left open."""
    pytest.importorskip("distributed")
    import dask

    (block,) = blocks(pages("cluster")[0], "yaml")

    def names(given: object, before: str = "") -> list[str]:
        if not isinstance(given, dict):
            return [before]
        return [name for key, value in given.items() for name in names(value, f"{before}.{key}".strip("."))]

    nothing = object()
    told = names(YAML(typ="safe").load(block))
    assert [name for name in told if dask.config.get(name, default=nothing) is nothing] == []
    assert len(told) == 8


def test_the_cluster_page_names_all_that_must_be_alike() -> None:
    for text in pages("cluster"):
        for name in {*PACKAGES} - {"tuiyan"}:
            assert name in text.split("## 2")[0]


def test_the_assumption_changed_on_the_page_can_be_changed(tmp_path: Path) -> None:
    (change,) = {words[words.index("--set") + 1] for words in commands("study", "tuiyan") if "--set" in words}
    path, value = change.split("=")
    (tmp_path / "change.yaml").write_text(f"{path}: {value}\n")
    scenario = load_scenario("blast-furnace-gas")
    assert read_overrides(tmp_path / "change.yaml", load_roster().model, scenario.model) == {path: int(value)}


def test_the_figures_of_the_examples_hold_together() -> None:
    english, chinese = (text.replace("\n", " ") for text in pages("study"))
    (told,) = re.findall(
        r"(\d+) of (\d+), a share of (\d+)%, interval (\d+)% to (\d+)%: above the target", english
    )
    missed, judged, share, low, high = map(int, told)
    assert [round(100 * (part or 0)) for part in wilson(missed, judged)] == [share, low, high]
    assert verdict(missed, judged) == "fail"
    assert f"{judged}次里超时{missed}次，比例{share}%，区间{low}%至{high}%，高于目标" in chinese
    assert f"at most {TARGET:.0%}" in english
    assert f"不超过{TARGET:.0%}" in chinese
    assert (LOW, HIGH) == (0.5, 1.5), "half as long, and half as long again"
    usual = Precision()
    assert (
        f"no more than {usual.minutes:.0f} minutes, and of a limit {100 * usual.share:.0f} percentage"
        in english
    )
    assert (
        f"一半不超过{usual.minutes:.0f}分钟；各时限的区间，一半不超过{100 * usual.share:.0f}个百分点"
        in chinese
    )


def test_the_page_calls_things_as_the_program_does() -> None:
    english, chinese = pages("study")
    for key in ("better", "equal", "worse", "unknown"):
        assert say(HEADS, key, "zh") in chinese
        assert say(HEADS, key, "en").removeprefix("B ").lower() in english.lower()
    for key in ("p10", "p50", "p90", "pass", "fail", "cannot_tell", "shown", "never"):
        assert say(STUDY, key, "zh") in chinese
        assert say(STUDY, key, "en").lower() in english.lower()
