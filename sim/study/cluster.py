"""Play on a Dask cluster that somebody has started with ``dask scheduler`` and ``dask worker`` (extra ``cluster``).

Machines come and go. What a lost worker was playing, Dask sends to another; a worker that joins later gets its share,
if its versions are the same. Without the scheduler or without any worker the study ends with a problem: what was
played is kept, and the same command goes on.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
import warnings
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from ssl import SSLError
from time import monotonic
from typing import Any, Final
from urllib.parse import urlsplit

from sim.errors import InputError, Problem
from sim.study.executors import Plays, Pool
from sim.study.versions import Differs, Versions, compare, differences, here
from sim.study.work import Chunk, Job, play_chunk

PATIENCE: Final = 8
"""Seconds to wait for the scheduler, and for the first worker."""
ALONE: Final = 60
"""Seconds to wait for another worker once all are gone."""
SCHEMES: Final = ("tcp", "tls")


@contextmanager
def cluster(address: str) -> Iterator[Plays]:
    """Give an executor of the cluster at `address`: ``tcp://host:port``, or ``tls://…`` with Dask's own settings.

    Raise InputError if it cannot be reached, has no workers, something there has another version, or the extra is not
    installed here; while it plays, also if the scheduler or all workers are gone.
    """
    place = _checked(address)
    try:
        import distributed  # noqa: F401 - sets up its logs, which are then made quiet
    except ImportError:
        raise _problem("cluster-extra", address) from None
    with _quiet(), _connected(place, address) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
            compare(client, address)
        except TimeoutError:
            raise _problem("cluster-empty", address, seconds=PATIENCE) from None
        except OSError:
            raise _problem("cluster-lost", address) from None
        yield _Cluster(client, address)


class _Cluster(Pool):
    """Chunks through Dask's own executor, under the eyes of `look`."""

    pause = 1.0

    def __init__(self, client: Any, address: str) -> None:
        super().__init__(client.get_executor(pure=False), 1)
        self._client, self._address = client, address
        self._peopled = monotonic()
        self._packed: dict[str, Job] = {}
        self.look()

    def look(self) -> None:
        """Count the workers anew. Raise InputError if there is no scheduler, or for long no worker."""
        try:
            threads = self._client.sync(self._client.scheduler.ncores, callback_timeout=PATIENCE)
        except (OSError, AttributeError):  # a client that was closed has no scheduler
            raise _problem("cluster-lost", self._address) from None
        if threads:
            self._peopled = monotonic()
        elif monotonic() - self._peopled > ALONE:
            raise _problem("cluster-deserted", self._address, seconds=ALONE)
        self.workers = max(1, sum(threads.values()))

    def send(self, job: Job, numbers: Sequence[int]) -> Future[Any]:
        """Send a chunk with its plan, packed once: smaller than what comes back, and no worker asks another for it."""
        if job.digest not in self._packed:
            self._packed = {job.digest: job._replace(plan=zlib.compress(job.plan))}
        message = pickle.dumps(_Sent(here(), self._packed[job.digest], numbers), protocol=5)
        return self.executor.submit(pickle.loads, message)

    def take(self, future: Future[Any]) -> Chunk:
        """Return what was played. Raise InputError where it could not be, for a reason of the cluster."""
        from distributed import KilledWorker

        try:
            told = future.result()
        except KilledWorker:
            raise _problem("cluster-killed", self._address) from None
        except (CancelledError, OSError):
            raise _problem("cluster-lost", self._address) from None
        except Exception:
            compare(self._client, self._address)  # a worker that came later and does not know what it is sent
            raise
        if isinstance(told, Differs):
            raise InputError(differences(self._address, "worker", told.place, dict(told.there)))
        return Chunk(*told)


class _Sent:
    """A chunk that is played as it is unpickled. So its message arrives also where this package is not installed.

    Dask would end a worker that cannot read a message, and send it to the next.
    """

    def __init__(self, *given: Any) -> None:
        self._given = given

    def __reduce__(self) -> tuple[Any, ...]:
        return play_there, self._given


def play_there(ours: Versions, job: Job, numbers: Sequence[int]) -> Chunk | Differs:
    """Play on a worker, unless it is not the one that was asked for: it may have come after all were compared."""
    if ours != here():
        from distributed import get_worker

        return Differs(get_worker().address, here())
    return play_chunk(job._replace(plan=zlib.decompress(job.plan)), numbers)


def _checked(address: str) -> str:
    """The address with its scheme. Raise InputError if it is none, or its host has no address."""
    place = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(place)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.scheme not in SCHEMES or parts.path or "@" in place:
        raise _problem("cluster-address", address)
    try:
        socket.getaddrinfo(host, port)
    except (OSError, UnicodeError):
        raise _problem("cluster-host", address, host=host) from None
    return place


@contextmanager
def _connected(place: str, address: str) -> Iterator[Any]:
    """A client of its own, the default of nobody. Closing it takes back all that waits."""
    from distributed import Client, Security
    from distributed.comm.core import CommClosedError

    client: Any
    try:
        security = Security()  # type: ignore[no-untyped-call]
        with ThreadPoolExecutor(1) as aside:  # a notebook has a loop of its own in this thread
            aside.submit(asyncio.run, _reach(place, security)).result()
        client = Client(place, security=security, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (
        CommClosedError,
        SSLError,
        FileNotFoundError,
        PermissionError,
        TypeError,
        ValueError,
        RuntimeError,
    ) as why:
        raise _problem("cluster-refused", address, why=str(why)) from None
    except OSError:
        raise _problem("cluster-unreachable", address, seconds=PATIENCE) from None
    try:
        yield client
    finally:
        with suppress(OSError):
            client.close(timeout=PATIENCE)


async def _reach(place: str, security: Any) -> None:
    """Shake hands once: a client that finds nobody would leave a thread behind that goes on trying."""
    from distributed.comm.core import connect

    comm: Any = await connect(place, timeout=PATIENCE, **security.get_connection_args("client"))  # type: ignore[no-untyped-call]
    await comm.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask and its loop tell of connections and of what is taken back is told here as problems."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {log: log.level for log in map(logging.getLogger, (*names, "tornado.application"))}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        for log in levels:
            log.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for log, level in levels.items():
                log.setLevel(level)


def _problem(code: str, address: str, **values: object) -> InputError:
    return InputError([Problem(code, address, values=values)])
