"""The replay: what a moment shows is what stood in the rows by then, and nothing later."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from sim import load_scenario, replay, simulate
from sim.cli.player.screen import draw
from sim.cli.player.state import SPEEDS, State
from sim.errors import InputError, MismatchError
from sim.record.run import write_run
from sim.record.timeline import Timeline
from sim.report.stills import Stills
from sim.review.pictures import Pictures
from sim.review.playback import Replay, hotwash
from sim.review.playback.tracks import UNDER_WAY

ROOT = Path(__file__).parent.parent
Tuiyan = Callable[..., Any]


@pytest.fixture(scope="module")
def drill() -> Timeline:
    return simulate(load_scenario("blast-furnace-gas"), seed=7)


@pytest.fixture(scope="module")
def opened(drill: Timeline) -> Replay:
    return replay(drill)


@pytest.fixture
def run(drill: Timeline, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    write_run(drill, folder)
    return folder


# --- moments ------------------------------------------------------------------------------------------


def test_steps_are_the_instants_of_the_drill_and_bring_every_row_once(
    opened: Replay, drill: Timeline
) -> None:
    moments = [opened.at(step) for step in range(len(opened))]
    assert [moment.t for moment in moments] == sorted({row.t for row in drill.rows})
    assert [row for moment in moments for row in moment.rows] == list(drill.rows)


def test_steps_by_rows_bring_one_row_each_and_end_each_instant_alike(opened: Replay, drill: Timeline) -> None:
    one_by_one = replay(drill, by="row")
    assert len(one_by_one) == len(drill.rows)
    step = opened.to_inject("I07")
    last, seen = one_by_one.at(opened.stops[step]), opened.at(step)
    assert (last.facts, last.doing, last.waiting, last.clocks, last.posts) == (
        seen.facts, seen.doing, seen.waiting, seen.clocks, seen.posts,
    )  # fmt: skip


def test_facts_are_those_of_the_pictures_of_the_drill(opened: Replay) -> None:
    """The situation of every tenth step is what the pictures, made for other questions, say of that tick."""
    pictures, plan = Pictures(opened.drill), opened.plan
    activated = opened.drill.moments.activated
    assert activated is not None
    for step in range(0, len(opened), 10):
        seen = opened.at(step)
        holder = opened.drill.headquarters if seen.t >= activated.t else opened.drill.desk
        assert seen.knows == holder
        true, believed = pictures.of("").at(seen.t), pictures.of(holder).at(seen.t)
        shown = {fact.place: fact for fact in seen.facts}
        for place, fact in enumerate(plan.facts):
            if fact.kind == "pseudo":
                continue
            usual = fact.default, fact.default
            one = shown.get(place)
            assert ((one.true, one.believed) if one else usual) == (
                true.values[place],
                believed.values[place],
            )
            assert one is None or one.differs == (true.values[place] != believed.values[place])


def test_tasks_do_what_their_spans_say_and_those_that_wait_are_apart(opened: Replay, drill: Timeline) -> None:
    spans = [(record.task, span) for record in drill.records for span in record.spans]
    assert any(span.kind.startswith("prerequisite:") for _, span in spans)
    for step in range(0, len(opened), 7):
        seen = opened.at(step)
        under_way = {(task, span.kind) for task, span in spans if span.begin <= seen.t < span.end}
        shown = {(doing.task, doing.kind) for doing in (*seen.doing, *seen.waiting)}
        assert under_way <= shown
        assert all(doing.kind in UNDER_WAY for doing in seen.doing)
        assert not any(doing.kind in UNDER_WAY for doing in seen.waiting)
        assert all(doing.since <= seen.t for doing in (*seen.doing, *seen.waiting))


def test_clocks_run_from_their_begin_to_their_stop_with_the_minutes_left(opened: Replay) -> None:
    ended = [one for one in opened.drill.limits if one.within and one.actual and one.begin is not None]
    assert ended
    for limit in ended:
        during = opened.at(opened.step_at(limit.begin or 0))
        (clock,) = [clock for clock in during.clocks if clock.limit is limit]
        assert clock.left == pytest.approx((limit.begin + limit.within - during.t) / 1000)
        after = opened.at(opened.step_at(limit.begin + limit.actual))
        assert limit not in [clock.limit for clock in after.clocks]
    lefts = [clock.left for clock in opened.at(opened.to_inject("I03")).clocks]
    assert lefts == sorted(lefts)


def test_a_moment_is_the_same_for_a_drill_that_ends_there(opened: Replay, drill: Timeline) -> None:
    """Nothing is read ahead: cut off after a step, the drill shows the same situation and the same tasks."""
    for step in (20, 90, 200):
        cut = Replay(Timeline(drill.plan, drill.rows[: opened.stops[step] + 1], drill.manifest))
        seen, alone = opened.at(step), cut.at(step)
        assert (alone.facts, alone.doing, alone.waiting, alone.last and alone.last.inject.id) == (
            seen.facts, seen.doing, seen.waiting, seen.last and seen.last.inject.id,
        )  # fmt: skip


def test_jumps_to_an_inject_a_finding_and_a_unit(opened: Replay, drill: Timeline) -> None:
    given = {row.inject: row.t for row in drill.rows if row.event == "inject_given"}
    for inject, t in given.items():
        seen = opened.at(opened.to_inject(inject))
        assert seen.t == t
        assert inject in [one.inject.id for one in seen.injects]
    with pytest.raises(KeyError):
        opened.to_inject("I99")
    assert [opened.time(opened.to_gap(n)) <= gap.at for n, gap in enumerate(opened.gaps)]
    step, seen_rows = -1, []
    while True:
        try:
            step = opened.to_unit("区气象局", step)
        except KeyError:
            break
        seen_rows += [row for row in opened.at(step).rows if row.unit == "区气象局"]
    assert seen_rows == [row for row in drill.rows if row.unit == "区气象局"]
    steps = [-1]
    while (later := opened.next_inject(steps[-1])) is not None:
        steps.append(later)
    assert sorted({one.step for one in opened.injects}) == steps[1:]


def test_what_followed_from_an_inject_is_led_to_by_its_causes(opened: Replay, drill: Timeline) -> None:
    rows = {row.seq: row for row in drill.rows}
    given = next(one for one in opened.injects if one.inject.id == "I03")
    following = opened.next_of(given)
    assert following
    assert any(row.unit == "区消防救援大队" and row.event == "departed" for row in following)
    for row in following:
        while row.seq != given.row.seq:
            assert row.cause is not None
            row = rows[row.cause]


@pytest.mark.parametrize("minutes", [5, 30, 61])
def test_a_hotwash_stops_at_injects_and_major_findings_and_shares_out_its_minutes(
    opened: Replay, minutes: int
) -> None:
    stops = hotwash(opened, minutes)
    assert [stop.step for stop in stops] == sorted(stop.step for stop in stops)
    assert {stop.given.inject.id for stop in stops if stop.given} == {one.inject.id for one in opened.injects}
    assert [stop.gap for stop in stops if stop.gap] == [g for g in opened.gaps if g.severity == "major"]
    assert sum(stop.minutes for stop in stops) == max(minutes, len(stops))
    assert min(stop.minutes for stop in stops) >= 1


def test_replaying_plays_nothing(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.play.engine import Engine

    monkeypatch.setattr(Engine, "play", lambda *_: pytest.fail("the engine was asked to play"))
    opened = replay(run)
    assert opened.at(len(opened) - 1).t == opened.rows[-1].t


# --- refusals -----------------------------------------------------------------------------------------


def test_one_changed_cell_is_refused_and_the_file_named(run: Path, tuiyan: Tuiyan) -> None:
    path = run / "timeline.csv"
    text = path.read_bytes().decode()
    path.write_bytes(text.replace("区公安局", "区财政局", 1).encode())
    with pytest.raises(MismatchError) as refused:
        replay(run)
    assert [(p.code, p.file) for p in refused.value.problems] == [("verify-changed", str(path))]
    for command in ("replay", "verify"):
        code, out, err = tuiyan(command, str(run))
        assert (code, out) == (1, "")
        assert str(path) in err


def test_a_timeline_that_the_manifest_does_not_list_is_refused(run: Path) -> None:
    path = run / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    del manifest["results"]["timeline.csv"]
    path.write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(MismatchError, match=r"timeline\.csv"):
        replay(run)


def test_an_edited_manifest_is_refused_and_named(run: Path) -> None:
    path = run / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"seed": 7', '"seed": 8'), "utf-8")
    with pytest.raises(MismatchError, match=r"manifest\.json: verify-run-id"):
        replay(run)


def test_what_is_no_run_is_refused(tmp_path: Path, tuiyan: Tuiyan) -> None:
    with pytest.raises(InputError):
        replay(tmp_path)
    assert tuiyan("replay", str(tmp_path))[0] == 2


# --- the terminal -------------------------------------------------------------------------------------


def screen(state: State, width: int = 80, height: int = 24) -> str:
    lines = ["".join(piece.text for piece in row) for row in draw(state, width, height)]
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}
    return "\n".join(lines)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(80, 24), (81, 25), (120, 40), (200, 60), (40, 12)])
def test_every_screen_fills_its_window_exactly(opened: Replay, lang: Any, width: int, height: int) -> None:
    state = State(opened, lang)
    for step in range(0, len(opened), 25):
        state.step = step
        for keys in ("", "p", "u", "h"):
            for key in keys:
                state.press(key)
            screen(state, width, height)
            for key in (*keys, "esc") if keys == "u" else keys:
                state.press(key)


def test_keys_step_jump_and_change_the_speed(opened: Replay) -> None:
    state = State(opened, "zh")
    state.press("left")
    assert state.step == 0
    state.press("right")
    assert state.step == 1
    state.press("i")
    assert state.step == opened.next_inject(1)
    state.press("g")
    assert opened.at(state.step).gaps
    speed = state.speed
    state.press("+")
    assert state.speed == SPEEDS[SPEEDS.index(speed) + 1]
    for _ in SPEEDS:
        state.press("-")
    assert state.speed == SPEEDS[0]
    state.press("u")
    chosen = opened.units.index("区气象局")
    for _ in range(chosen):
        state.press("down")
    assert "› 区气象局" in screen(state)
    state.press("enter")
    assert any(row.unit == "区气象局" for row in opened.at(state.step).rows)
    state.step = len(opened) - 1
    state.press("i")
    assert "后面没有了" in screen(state)
    state.press("q")
    assert state.over


def test_playing_goes_on_with_time_pauses_and_stops_at_the_end(opened: Replay) -> None:
    state = State(opened, "zh")
    state.pass_time(60)
    assert state.step == 0
    state.press("space")
    first = state.stay()
    state.pass_time(first - 0.01)
    assert state.step == 0
    state.pass_time(0.02)
    assert state.step == 1
    state.press("space")
    state.pass_time(60)
    assert state.step == 1
    state.press("space")
    state.pass_time(3600)
    assert (state.step, state.playing) == (len(opened) - 1, False)


def test_reference_points_are_shown_only_on_demand(opened: Replay) -> None:
    state = State(opened, "zh")
    state.step = opened.to_inject("I03")
    card = Stills(opened, "zh").inject(opened.at(state.step).injects[0])
    assert card.question in screen(state).replace("\n", "")
    assert card.points[0] not in screen(state)
    state.press("p")
    assert card.points[0] in screen(state)
    assert "随后发生" in screen(state, 80, 50)


def test_the_hotwash_goes_from_stop_to_stop_with_a_timer(opened: Replay) -> None:
    state = State(opened, "zh")
    state.press("h")
    state.press("down")
    assert state.step == state.stops[1].step
    minutes = state.stops[1].minutes
    assert f"余 {minutes}:00" in screen(state)
    state.pass_time(30)
    assert f"余 {minutes}:00" in screen(state)
    state.press("space")
    state.pass_time(minutes * 60 + 5)
    assert "余 -0:05" in screen(state)


def test_without_a_terminal_it_is_a_text_to_read(run: Path, tuiyan: Tuiyan, opened: Replay) -> None:
    for lang, sign in (("zh", "回放结束"), ("en", "End of the replay")):
        code, out, err = tuiyan("replay", str(run), "--lang", lang)
        assert (code, err) == (0, "")
        assert sign in out
        assert "\x1b" not in out
        for given in opened.injects:
            assert given.inject.message in out


# --- in a pseudo-terminal -----------------------------------------------------------------------------


class Window:
    """A terminal of 80 × 24 with `tuiyan replay` in it; what it shows is kept by a small screen of its own."""

    def __init__(self, *args: str) -> None:
        import fcntl
        import termios

        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.written = ""
        environ = {**os.environ, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environ.pop(name, None)
        code = "from sim.cli.main import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "replay", *args], cwd=ROOT, stdin=slave, stdout=slave, stderr=slave,
            env=environ, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip

    def until(self, text: str, seconds: float = 30) -> None:
        """Read until the window has shown `text` since the last wait."""
        fresh, end = "", time.monotonic() + seconds
        while text not in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", fresh):
            assert time.monotonic() < end, fresh[-3000:]
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    fresh += os.read(self.master, 65536).decode("utf-8", "replace")
                except OSError:  # the other side is gone
                    break
        self.written += fresh

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def end(self) -> int:
        code = self.process.wait(timeout=20)
        while select.select([self.master], [], [], 0.2)[0]:
            self.written += os.read(self.master, 65536).decode("utf-8", "replace")
        return code

    def restored(self) -> bool:
        import termios

        gone = self.written.rfind("\x1b[?1049l") > self.written.rfind("\x1b[?1049h") > -1
        cursor = self.written.rfind("\x1b[?25h") > self.written.rfind("\x1b[?25l")
        return gone and cursor and termios.tcgetattr(self.slave) == self.before


@pytest.fixture
def window(run: Path) -> Iterator[Window]:
    opened = Window(str(run))
    yield opened
    if opened.process.poll() is None:
        opened.process.kill()
        opened.process.wait()
    os.close(opened.master)
    os.close(opened.slave)


def test_in_a_terminal_of_80_by_24_keys_drive_it_and_the_terminal_is_as_before(
    window: Window, opened: Replay
) -> None:
    window.until("第 1/")
    window.press("\x1b[C")
    window.until("第 2/")
    window.press("i")
    window.until(f"第 {(opened.next_inject(1) or 0) + 1}/")
    window.press("p")
    window.until("参考要点")
    window.press("p ")
    window.until("播放 60×")
    window.press("+")
    window.until("播放 120×")
    window.press(" ")
    window.until("暂停")
    window.press("h")
    window.until("复盘 1/")
    window.press("q")
    assert window.end() == 0
    assert window.restored()
    assert "Traceback" not in window.written


def test_ctrl_c_gives_the_terminal_back(window: Window) -> None:
    window.until("第 1/")
    window.press("\x03")
    assert window.end() == 130
    assert window.restored()
    assert "Traceback" not in window.written
