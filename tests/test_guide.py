"""The planner's guide, in both languages, followed to the letter: its files, its commands, and what they answer.

How a guide is written, so that it can be followed:

- A block `yaml` or `diff` names its file in a comment on its first line. The first block of a file is the whole of it,
  a later `yaml` block goes to its end, and a `diff` block puts one line in the place of another.
- A block `console` has commands after `$ `, and below each what it answers, from the first line to the last. A line `…`
  stands for any lines, `…` within a line for anything. `exit=2` beside `console` is the exit code of its commands.
- A block without a language is to be read only.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.cli.door import NAMES
from sim.plan.workspace import LoadedScenario, ScenarioFile, gather_scenario, load_roster
from sim.play.simulate import simulate
from sim.record.timeline import Timeline
from sim.study.scripts import look_at_script
from sim.words import Lang, say
from sim.words.report import PAGE

ROOT = Path(__file__).parent.parent
TUIYAN = Path(sys.executable).with_name("tuiyan")
GUIDES: dict[Lang, str] = {"zh": "docs/guide.zh-CN.md", "en": "docs/guide.md"}
SCENARIO = "my-oil-fire"
SEEDS = range(1, 6)
LONGEST = 150
"""Lines of prose that can be read, between the commands, in twenty minutes."""
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

each_guide = pytest.mark.parametrize("lang", GUIDES)


class Block(NamedTuple):
    """A fenced block: what it is, and its lines."""

    kind: str
    lines: list[str]

    @property
    def file(self) -> str:
        """The file that the comment on the first line names."""
        (name,) = re.findall(r"\S+\.yaml", self.lines[0])
        return str(name)


class Command(NamedTuple):
    """A command, what a guide says that it answers, and how it ends."""

    words: list[str]
    answer: list[str]
    code: int


def text(lang: Lang) -> str:
    return (ROOT / GUIDES[lang]).read_text("utf-8")


def blocks(lang: Lang) -> Iterator[Block]:
    for kind, body in FENCE.findall(text(lang)):
        yield Block(kind, body.splitlines())


def commands(block: Block) -> Iterator[Command]:
    code = int((re.findall(r"exit=(\d)", block.kind) or "0")[0])
    for part in re.split(r"^\$ ", "\n".join(block.lines), flags=re.MULTILINE)[1:]:
        line, *answer = part.rstrip("\n").split("\n")
        yield Command(shlex.split(line), answer, code)


def write(block: Block, folder: Path) -> None:
    path = folder / block.file
    assert path.parent.is_dir(), path
    before = path.read_text("utf-8") if path.exists() else ""
    if block.kind == "yaml":
        after = before + "\n".join(block.lines) + "\n"
    else:
        old, new = block.lines[1:]
        assert (old[0], new[0], before.splitlines().count(old[1:])) == ("-", "+", 1), old
        after = before.replace(old[1:], new[1:])
    path.write_text(after, "utf-8")


def answered(shown: list[str], output: str) -> bool:
    """Whether a command said what is shown, and nothing that is not shown or left out with `…`."""
    parts = [
        "(?:.*\n)*?" if line == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + "\n"
        for line in shown
    ]
    said = "".join(f"{line.rstrip()}\n" for line in output.splitlines())
    return re.fullmatch("".join(parts), said) is not None


@each_guide
def test_a_newcomer_who_does_what_the_guide_says_gets_what_it_shows(lang: Lang, tmp_path: Path) -> None:
    place = tmp_path
    for block in blocks(lang):
        if block.kind in ("yaml", "diff"):
            write(block, place)
        for command in commands(block) if block.kind.startswith("console") else ():
            name, *args = command.words
            if name == "cd":
                place = place / args[0]
                continue
            assert name == "tuiyan"
            done = subprocess.run(
                [TUIYAN, *args], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                timeout=300, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            assert done.returncode == command.code, f"{command.words}\n{done.stdout}"
            assert answered(command.answer, done.stdout), f"{command.words}\n{done.stdout}"
    for run in (SCENARIO, "one-operator"):
        assert (place / "reports" / run / "report.html").is_file()


def test_what_is_shown_of_an_answer_must_be_there() -> None:
    output = "one\ntwo  \nthree 3 times\nfour\n"
    for shown in (["…"], ["one", "two", "…"], ["…", "three … times", "…"], ["…", "two", "…", "four"]):
        assert answered(shown, output)
    for shown in ([], ["one"], ["…", "two"], ["…", "four", "…", "one", "…"], ["…", "three … time", "…"]):
        assert not answered(shown, output)


# --- the scenario at the end of it


def finished(lang: Lang, folder: Path) -> LoadedScenario:
    """The scenario of a guide, without a problem."""
    (folder / "scenarios").mkdir()
    for block in blocks(lang):
        if block.kind in ("yaml", "diff"):
            write(block, folder)
    path = folder / f"scenarios/{SCENARIO}.yaml"
    scenario, problems = gather_scenario(ScenarioFile(SCENARIO, path, "workspace"), load_roster())
    assert problems == []
    assert scenario is not None
    return scenario


def given(timeline: Timeline) -> set[str]:
    return {row.inject for row in timeline.rows if row.event == "inject_given" and row.inject}


@each_guide
def test_the_scenario_has_no_script_finding_and_plays_to_the_end_of_the_response(
    lang: Lang, tmp_path: Path
) -> None:
    scenario = finished(lang, tmp_path)
    assert look_at_script(scenario, load_roster()) == ()
    expected = simulate(scenario, expected=True)
    for timeline in (expected, *(simulate(scenario, seed=seed) for seed in SEEDS)):
        assert "terminated" in {row.event for row in timeline.rows}
        assert given(timeline) == {"I01", "I02", "I03"}, "the guide says that I04 is not given"
    assert scenario.model.start_time().weekday() == 2, "the guides call it a Wednesday"


def test_both_guides_write_the_same_drill(tmp_path: Path) -> None:
    played = []
    for lang in GUIDES:
        (tmp_path / lang).mkdir()
        timeline = simulate(finished(lang, tmp_path / lang), seed=1)
        played.append([(row.t, row.event, row.unit, row.duty, row.need, row.inject) for row in timeline.rows])
    assert played[0] == played[1]


# --- the two guides as papers


def test_both_guides_give_the_same_commands_and_chapters() -> None:
    def told(lang: Lang) -> list[list[str]]:
        found = [command.words for block in blocks(lang) for command in commands(block)]
        return [[word for word in words if word not in ("--lang", "en")] for words in found]

    def headings(lang: Lang) -> list[str]:
        return re.findall(r"^(#+ [\d.]*)", FENCE.sub("", text(lang)), flags=re.MULTILINE)

    own = {"我的推演": "my-office"}
    assert [[own.get(word, word) for word in words] for words in told("zh")] == told("en")
    assert headings("zh") == headings("en")
    assert [block.kind for block in blocks("zh")] == [block.kind for block in blocks("en")]


@each_guide
def test_a_guide_is_short_and_what_it_links_exists(lang: Lang) -> None:
    prose = [line for line in FENCE.sub("", text(lang)).splitlines() if line.strip()]
    assert len(prose) <= LONGEST
    links = re.findall(r"\]\(([^)#]+)\)", text(lang))
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []
    assert {words[1] for block in blocks(lang) for words, *_ in commands(block) if words[0] == "tuiyan"} <= {
        *NAMES, "--lang",
    }  # fmt: skip


@each_guide
def test_a_guide_leads_through_the_brief_chapter_by_chapter(lang: Lang) -> None:
    at = -1
    for chapter in ("assumptions", "happened", "timeline", "charts", "gaps", "annex"):
        name = re.sub(r"^(\d\. |[一二三四五]、)", "", say(PAGE, chapter, lang))
        found = text(lang).find(f"**{name}**")
        assert found > at, name
        at = found


@each_guide
def test_a_guide_installs_as_the_readme_does(lang: Lang) -> None:
    first = next(block for block in blocks(lang) if not block.kind)
    pips = [line for line in first.lines if "pip" in line]
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert len(pips) == 2
    assert set(pips) < set(readme)
    assert first.lines[0] in readme
