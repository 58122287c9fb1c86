"""A study on disk: one SQLite file, one transaction a chunk, readable after Ctrl-C or a kill at any moment.

What it holds depends on the inputs, the seed and the numbers alone: exports read it in the order of numbers, so that
they are the same bytes whatever played it, in whatever order, with whatever interruption.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, OutputError, Problem
from sim.plan.durations import MINUTE
from sim.study.outcomes import ENDS, MILESTONES, Judged, Outcome, TaskTimes

FORMAT: Final = 1
FILE: Final = "study.sqlite"

_TABLES: Final = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    "CREATE TABLE replications (number INTEGER PRIMARY KEY, error TEXT, "
    + ", ".join(f"{name} INTEGER" for name in MILESTONES) + ")",
    "CREATE TABLE tasks (number INTEGER NOT NULL, task INTEGER NOT NULL, state INTEGER NOT NULL, "
    + ", ".join(f"{name} INTEGER" for name in ENDS) + ", PRIMARY KEY (number, task)) WITHOUT ROWID",
    "CREATE TABLE limits (number INTEGER NOT NULL, norm INTEGER NOT NULL, task INTEGER NOT NULL, "
    "verdict INTEGER NOT NULL, reason INTEGER NOT NULL, within INTEGER, passed INTEGER NOT NULL, "
    "PRIMARY KEY (number, norm, task)) WITHOUT ROWID",
)  # fmt: skip

_INSERT: Final = {
    table: f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * columns)})"
    for table, columns in (("replications", 2 + len(MILESTONES)), ("tasks", 3 + len(ENDS)), ("limits", 7))
}


class Store:
    """The file of one study. Use `opened`; every method may be called while another process reads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._names = self._known()

    def _known(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT name, id FROM names"))

    # --- writing

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Keep a chunk of replications, all of them or none; one that is there already stays as it is."""
        try:
            with _transaction(self._db):
                self._add(outcomes)
        except BaseException:
            self._names = self._known()  # what was new among them is gone with the chunk
            raise

    def _add(self, outcomes: Iterable[Outcome]) -> None:
        tasks: list[Sequence[Any]] = []
        limits: list[Sequence[Any]] = []
        for outcome in outcomes:
            if self._begin(outcome):
                number = outcome.number
                tasks += ((number, self._id(t.task), self._id(t.state), *t.ticks) for t in outcome.tasks)
                limits += ((number, *map(self._id, judged[:4]), *judged[4:]) for judged in outcome.limits)
        self._db.executemany(_INSERT["tasks"], tasks)
        self._db.executemany(_INSERT["limits"], limits)

    def _begin(self, outcome: Outcome) -> bool:
        """Whether the replication is new: another process may play the same study."""
        marks = outcome.milestones or (None,) * len(MILESTONES)
        values = (outcome.number, outcome.error or None, *marks)
        return self._db.execute(_INSERT["replications"], values).rowcount > 0

    def _id(self, name: str) -> int:
        found = self._names.get(name)
        if found is None:
            self._db.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (name,))
            (found,) = self._db.execute("SELECT id FROM names WHERE name = ?", (name,)).fetchone()
            self._names[name] = found
        return found

    # --- reading

    @property
    def identity(self) -> dict[str, Any]:
        """What the study is of: inputs, seed, versions."""
        (text,) = self._db.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
        return dict(json.loads(text))

    def missing(self, n: int) -> list[int]:
        """Return the numbers below `n` that have not been played, in order."""
        there = {
            number for (number,) in self._db.execute("SELECT number FROM replications WHERE number < ?", (n,))
        }
        return [number for number in range(n) if number not in there]

    def count(self, n: int | None = None) -> int:
        """Return how many replications there are, of those below `n`."""
        (found,) = self._db.execute(*self._below("SELECT COUNT(*) FROM replications", n)).fetchone()
        return int(found)

    def failed(self, n: int | None = None) -> list[tuple[int, str]]:
        """Return the numbers that failed and their errors."""
        found = self._db.execute(
            *self._below("SELECT number, error FROM replications", n, "error IS NOT NULL")
        )
        return sorted(found)

    def milestone(self, name: str, n: int | None = None) -> list[tuple[int | None, int]]:
        """Return the tick of a milestone and of the close in each replication that was played, in order of number."""
        if name not in MILESTONES:
            raise KeyError(name)
        select = self._below(f"SELECT {name}, closed FROM replications", n, "error IS NULL")
        return list(self._db.execute(f"{select[0]} ORDER BY number", select[1]))

    def milestones(self, n: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield number and ticks of `MILESTONES` of each replication that was played, in order of number."""
        select = self._below(f"SELECT number, {', '.join(MILESTONES)} FROM replications", n, "error IS NULL")
        yield from self._db.execute(f"{select[0]} ORDER BY number", select[1])

    def stage(
        self, task: str, begin: str, stop: str, n: int | None = None
    ) -> list[tuple[int | None, int | None, str, int]]:
        """Return the ticks of two stages of a task, its state and the close, of each replication that has the task."""
        if begin not in ENDS or stop not in ENDS:
            raise KeyError(begin if begin not in ENDS else stop)
        text = f"""SELECT t.{begin}, t.{stop}, s.name, r.closed FROM tasks t JOIN names s ON s.id = t.state
                   JOIN replications r ON r.number = t.number WHERE t.task = ? AND t.number < ? ORDER BY t.number"""
        return list(self._db.execute(text, (self._names.get(task, -1), _all(n))))

    def tasks(self, n: int | None = None) -> list[tuple[str, int]]:
        """Return every task that occurred and in how many replications, by name."""
        text = """SELECT s.name, COUNT(*) FROM tasks t JOIN names s ON s.id = t.task WHERE t.number < ?
                  GROUP BY t.task ORDER BY s.name"""
        return list(self._db.execute(text, (_all(n),)))

    def verdicts(self, n: int | None = None) -> Iterator[tuple[str, int, str, int | None, int]]:
        """Yield norm, number, verdict, within and passed of every limit, by norm, number and task."""
        text = """SELECT m.name, l.number, v.name, l.within, l.passed FROM limits l JOIN names m ON m.id = l.norm
                  JOIN names v ON v.id = l.verdict JOIN names k ON k.id = l.task WHERE l.number < ?
                  ORDER BY m.name, l.number, k.name"""
        yield from self._db.execute(text, (_all(n),))

    def first_tasks(self, n: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield task, close, state and the ticks of `ENDS` of the first task of each duty, by task and number."""
        text = f"""SELECT k.name, r.closed, s.name, {", ".join("t." + name for name in ENDS)} FROM tasks t
                   JOIN names k ON k.id = t.task JOIN names s ON s.id = t.state
                   JOIN replications r ON r.number = t.number
                   WHERE k.name LIKE '%#1' AND t.number < ? ORDER BY k.name, t.number"""
        yield from self._db.execute(text, (_all(n),))

    def judgements(self, n: int | None = None) -> list[tuple[str, int | None, int, int, int, int, int]]:
        """Return each norm, its ticks, and in how many plays it was missed, running, met, shown or stood down.

        In one replication the first of these that any task has goes before the others.
        """
        text = """SELECT m.name, MAX(l.within), SUM(l.state = 4), SUM(l.state = 3), SUM(l.state = 2),
                    SUM(l.state = 1), SUM(l.state = 0)
                  FROM (SELECT l.norm, l.number, MAX(l.within) AS within, MAX(CASE
                          WHEN v.name = 'missed' THEN 4 WHEN k.name = 'clock' THEN 3
                          WHEN v.name = 'met' THEN 2 WHEN v.name = 'shown' THEN 1 ELSE 0 END) AS state
                        FROM limits l JOIN names v ON v.id = l.verdict JOIN names k ON k.id = l.reason
                        WHERE l.number < ? GROUP BY l.norm, l.number) l
                  JOIN names m ON m.id = l.norm GROUP BY l.norm ORDER BY m.name"""
        return list(self._db.execute(text, (_all(n),)))

    def missed(self, n: int | None = None) -> dict[int, int]:
        """Return how many limits were missed in each replication in which any was."""
        text = """SELECT l.number, COUNT(*) FROM limits l JOIN names v ON v.id = l.verdict
                  WHERE v.name = 'missed' AND l.number < ? GROUP BY l.number"""
        return dict(self._db.execute(text, (_all(n),)))

    def outcomes(self, n: int | None = None) -> Iterator[Outcome]:
        """Yield every replication as it was kept, in order of number; its tasks and limits by name."""
        names = dict(self._db.execute("SELECT id, name FROM names"))
        tasks = self._by_number(f"SELECT number, task, state, {', '.join(ENDS)} FROM tasks", n)
        limits = self._by_number("SELECT number, norm, task, verdict, reason, within, passed FROM limits", n)
        select = f"SELECT number, error, {', '.join(MILESTONES)} FROM replications WHERE number < ? ORDER BY number"
        for number, error, *marks in self._db.execute(select, (_all(n),)):
            if error is not None:
                yield Outcome(number, error)
                continue
            yield Outcome(
                number, "", tuple(marks),
                tuple(sorted(TaskTimes(names[row[1]], names[row[2]], row[3:]) for row in tasks(number))),
                tuple(sorted((Judged(*(names[key] for key in row[1:5]), *row[5:]) for row in limits(number)),
                             key=lambda judged: judged[:2])),
            )  # fmt: skip

    def _by_number(self, select: str, n: int | None) -> Callable[[int], Iterable[tuple[Any, ...]]]:
        """Give what belongs to one number after another: reads on, and never holds more than one of them."""
        groups = groupby(
            self._db.execute(f"{select} WHERE number < ? ORDER BY number", (_all(n),)), itemgetter(0)
        )
        held: list[tuple[int, Iterator[tuple[Any, ...]]]] = []

        def of(number: int) -> Iterable[tuple[Any, ...]]:
            if not held:
                held.extend(islice(groups, 1))
            return held.pop()[1] if held and held[0][0] == number else ()

        return of

    def rows(self, n: int | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of study.csv: one a task a replication, times in minutes, in order of number and task."""
        text = f"""SELECT t.number, k.name, s.name, {", ".join("t." + name for name in ENDS)} FROM tasks t
                   JOIN names k ON k.id = t.task JOIN names s ON s.id = t.state WHERE t.number < ?
                   ORDER BY t.number, k.name"""
        for number, task, state, *ticks in self._db.execute(text, (_all(n),)):
            yield number, task, state, *(None if tick is None else tick / MINUTE for tick in ticks)

    @staticmethod
    def _below(select: str, n: int | None, also: str = "1") -> tuple[str, tuple[int, ...]]:
        return f"{select} WHERE {also} AND number < ?", (_all(n),)


def _all(n: int | None) -> int:
    return 2**62 if n is None else n


COLUMNS: Final = ("replication", "task", "state", *ENDS)
"""The columns of study.csv."""


def write_csv(store: Store, path: Path, n: int | None = None) -> None:
    """Write every task of every replication below `n`, in UTF-8 with a mark, times in minutes with three decimals."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for number, task, state, *minutes in store.rows(n):
            out.writerow((number, task, state, *("" if m is None else f"{m:.3f}" for m in minutes)))


def write_parquet(store: Store, path: Path, n: int | None = None) -> None:
    """Write the same as `write_csv` as Parquet, a part at a time; needs the extra ``parquet``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    times = [(name, pa.float64()) for name in ENDS]
    schema = pa.schema([("replication", pa.int64()), ("task", pa.string()), ("state", pa.string()), *times])
    with pq.ParquetWriter(path, schema) as out:
        for part in _parts(store.rows(n), 50_000):
            columns = list(zip(*part, strict=True))
            out.write_table(pa.table(columns, schema=schema))


def _parts(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    part: list[tuple[Any, ...]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part


@contextmanager
def opened(path: Path, identity: Mapping[str, Any] | None = None) -> Iterator[Store]:
    """Give the store at `path`, made for `identity` if there is none; without one it must exist.

    Raise InputError if it is a study of other inputs or no study, OutputError if it cannot be written.
    """
    fresh = not path.exists()
    if fresh and identity is None:
        raise InputError([Problem("study-missing", str(path))])
    try:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)  # transactions are begun by hand
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            _prepare(connection, path, identity)
            yield Store(connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError as fault:
        raise _unusable(path, fault) from None


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, also where the process is killed in the middle."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection, path: Path, identity: Mapping[str, Any] | None) -> None:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
    if there is None:
        if identity is None:
            raise InputError([Problem("study-no-study", str(path))])
        text = json.dumps({"format": FORMAT, **identity}, ensure_ascii=False, sort_keys=True)
        with _transaction(connection):
            for table in _TABLES:
                connection.execute(table)
            connection.execute("INSERT INTO meta VALUES ('identity', ?)", (text,))
        return
    row = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
    held = json.loads(row[0]) if row else {}
    if identity is not None:
        _compare(path, held, {"format": FORMAT, **identity})


def _compare(path: Path, held: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Refuse to go on with a study of something else, and say what differs."""
    plain = json.loads(json.dumps(wanted))
    other = sorted(key for key in held.keys() | plain.keys() if held.get(key) != plain.get(key))
    if other:
        inputs = sorted(
            name for name in {*held.get("inputs", {}), *plain.get("inputs", {})}
            if held.get("inputs", {}).get(name) != plain.get("inputs", {}).get(name)
        )  # fmt: skip
        names = [key for key in other if key != "inputs"] + inputs
        raise InputError([Problem("study-other-inputs", str(path), values={"what": names})])


def _unusable(path: Path, fault: sqlite3.DatabaseError) -> Exception:
    text = str(fault)
    if "not a database" in text or "malformed" in text:
        return InputError([Problem("study-no-study", str(path))])
    code = "output-full" if "full" in text else "study-locked" if "locked" in text else "output-denied"
    return OutputError(Problem(code, str(path)))


def as_text(rows: Iterable[Sequence[Any]], heads: Sequence[str]) -> str:
    """Return rows as CSV text with a mark, for the smaller tables."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(heads)
    write.writerows(rows)
    return "\ufeff" + out.getvalue()
