"""Output folders: whole or not at all, and never at the price of somebody's own files."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.cli.folder import whole
from sim.errors import OutputError


def write_run(folder: Path, text: str) -> None:
    (folder / "timeline.csv").write_text(text)
    (folder / "manifest.json").write_text(json.dumps({"run": "0123456789ab"}))


def names(place: Path) -> set[str]:
    return set(os.listdir(place))


def refused(target: Path, overwrite: bool = False) -> str:
    """Return the code with which `target` is refused."""
    with pytest.raises(OutputError) as fault, whole(target, overwrite):
        pass
    return fault.value.problem.code


def test_the_folder_appears_only_when_everything_is_written(tmp_path: Path) -> None:
    with whole(tmp_path / "reports/one") as work:
        write_run(work, "1")
        assert not (tmp_path / "reports/one").exists()
    assert names(tmp_path / "reports") == {"one"}
    assert names(tmp_path / "reports/one") == {"timeline.csv", "manifest.json"}


def break_off(target: Path, end: type[BaseException]) -> None:
    """Write a run over `target` and stop before it is done."""
    with whole(target, overwrite=True) as work:
        write_run(work, "2")
        raise end


@pytest.mark.parametrize("end", [KeyboardInterrupt, ZeroDivisionError])
def test_nothing_is_left_when_the_work_breaks_off(tmp_path: Path, end: type[BaseException]) -> None:
    with pytest.raises(end):
        break_off(tmp_path / "a/b/one", end)
    assert names(tmp_path) == set()


def test_a_failed_second_run_leaves_the_first(tmp_path: Path) -> None:
    with whole(tmp_path / "one") as work:
        write_run(work, "1")
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path / "one", ZeroDivisionError)
    assert (tmp_path / "one/timeline.csv").read_text() == "1"
    assert names(tmp_path) == {"one"}


def test_overwrite_replaces_a_run_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    for text in "12":
        with whole(tmp_path / "one", overwrite=True) as work:
            write_run(work, text)
    assert (tmp_path / "one/timeline.csv").read_text() == "2"
    assert names(tmp_path) == {"one"}


def test_a_folder_with_anything_in_it_is_refused_without_overwrite(tmp_path: Path) -> None:
    (tmp_path / "note.txt").touch()
    assert refused(tmp_path) == "output-not-empty"


def test_overwrite_never_deletes_a_users_own_files(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    assert refused(tmp_path, overwrite=True) == "output-not-ours"
    write_run(tmp_path, "1")
    assert refused(tmp_path, overwrite=True) == "output-not-ours"
    (tmp_path / "note.txt").unlink()
    (tmp_path / "manifest.json").write_text('{"name": "somebody else"}')
    assert refused(tmp_path, overwrite=True) == "output-not-ours"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "one").touch()
    assert refused(tmp_path / "one", overwrite=True) == "output-is-file"
    assert refused(tmp_path / "one/two") == "output-failed"


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EROFS, "output-denied"), (errno.ENOSPC, "output-full"), (errno.EIO, "output-failed")],
)
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(OutputError) as fault, whole(tmp_path / "one"):
        raise OSError(number, os.strerror(number))
    assert fault.value.problem.code == code
    assert names(tmp_path) == set()


@pytest.fixture
def read_only(tmp_path: Path) -> Path:
    """A folder that may be looked into and not written."""
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    return folder


@pytest.fixture
def nobody(read_only: Path) -> Iterator[None]:
    """Be a user whom a read-only folder stops: root is not one."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.mark.usefixtures("nobody")
def test_a_read_only_folder_is_denied(read_only: Path) -> None:
    assert refused(read_only / "one") == "output-denied"


def test_the_folder_one_stands_in_is_filled_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for text in "12":
        with whole(".", overwrite=True) as work:
            write_run(work, text)
    assert names(Path()) == {"timeline.csv", "manifest.json"}
    assert Path("timeline.csv").read_text() == "2"
    assert not [name for name in names(tmp_path.parent) if name.startswith(f".{tmp_path.name}")]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with whole(tmp_path / "link") as work:
        write_run(work, "1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/timeline.csv").read_text() == "1"
