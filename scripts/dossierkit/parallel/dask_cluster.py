"""An executor on an existing Dask cluster. Imported only if one is asked for."""

from __future__ import annotations

import logging
import pickle
import uuid
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import click
from distributed import Client, Future, WorkerPlugin
from distributed.client import ClosedClientError
from distributed.scheduler import KilledWorker
from distributed.security import Security

from dossierkit.cache import extractions
from dossierkit.parallel.dask_worker import Parcel, parcel
from dossierkit.parallel.executor import StoppedError, WorkContext
from dossierkit.parallel.fence import BY_CLOCK, LIMIT, Loss
from dossierkit.parallel.requirements import Requirements, UnlikeError, compare, installed, python

_SECONDS = 5  # for a scheduler's answer
_PATIENCE = 60  # seconds without any worker until the command stops
_AHEAD = 4  # tasks in progress for each thread of the workers
_EVERY = 64  # tasks between counts of the workers
# What a client raises that lost its scheduler: other errors while it tries again, and others once it has given up.
_LOST = (OSError, CancelledError, ClosedClientError, RuntimeError, AttributeError)

_Context = TypeVar("_Context", bound=WorkContext)
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of the scheduler at `address` (`tcp://HOST:PORT`, or `tls://` with Dask's own configuration).

    `limit`: seconds for a task; `BY_CLOCK` times as many, by the clock alone, after which its worker is restarted, if it has a nanny.
    """

    address: str
    limit: float = LIMIT
    elsewhere = True

    def in_order(
        self,
        start: Callable[[_Context], Callable[[_Task], _Result]],
        context: _Context,
        tasks: Iterable[_Task],
        lost: Callable[[_Task, Loss], _Result],
    ) -> Generator[_Result, None, None]:
        """See Executor. Raises click.UsageError if the cluster cannot be used, UnlikeError for an unsuitable worker."""
        with self._client() as client:
            _refuse_unlike(client)
            run = _ClusterRun(client, parcel(start, context), self.limit, lost)
            folder = extractions.folder_of(context.root)
            try:
                for result, found in run.results(tasks):
                    extractions.keep(folder, found)
                    yield result
            finally:
                run.end()

    @contextmanager
    def _client(self) -> Iterator[Any]:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # this command reports the same itself
        if self.address.startswith("tls://"):
            _require_certificates()
        try:
            client: Any = Client(  # type: ignore[no-untyped-call]
                self.address, timeout=_SECONDS, set_as_default=False, name="dossierkit"
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise click.UsageError(
                f"no Dask scheduler answers at {self.address} ({error}): start one with `dask scheduler`, or check host, port "
                "and firewall, and whether it asks for tls://"
            ) from None
        try:
            yield client
        finally:
            with suppress(*_LOST):
                client.close(timeout=_SECONDS)


class _ClusterRun:
    """One command's tasks on a cluster. The shared input is sent once to each worker, also to later ones."""

    def __init__(
        self,
        client: Any,  # noqa: ANN401 -- distributed types a part of its own client
        given: Parcel,
        limit: float,
        lost: Callable[[Any, Loss], Any],
    ) -> None:
        self.client = client
        self.limit = limit
        self.lost = lost
        self.key = f"dossierkit-{uuid.uuid4().hex}"
        self.work = _work()
        self.waiting: deque[tuple[Future[bytes], Any]] = deque()
        client.register_plugin(_delivery(self.key, given), name=self.key)

    def results(self, tasks: Iterable[Any]) -> Iterator[tuple[Any, Mapping[str, bytes]]]:
        """Results in task order, with the cache entries that came with each."""
        most = 1
        for number, task in enumerate(tasks):
            if number % _EVERY == 0:
                most = _AHEAD * max(1, sum(self._threads().values()))
            with _reached():
                future = self.client.submit(
                    self.work, self.key, pickle.dumps(task), key=f"{self.key}-{number}"
                )
            self.waiting.append((future, task))
            if len(self.waiting) >= most:
                yield self._first()
        while self.waiting:
            yield self._first()

    def end(self) -> None:
        """Cancel tasks in progress, and remove the shared input from the workers."""
        with suppress(*_LOST):
            self.client.cancel([future for future, _ in self.waiting])
            self.client.unregister_worker_plugin(self.key)

    def _first(self) -> tuple[Any, Mapping[str, bytes]]:
        future, task = self.waiting.popleft()
        try:
            first: tuple[Any, Mapping[str, bytes]] = pickle.loads(self._data(future))  # noqa: S301 -- who asks a cluster trusts it
        except TimeoutError:
            self._give_up(future)
            return self.lost(task, Loss(self.limit)), {}
        except KilledWorker:
            return self.lost(task, Loss()), {}
        return first

    def _data(self, future: Future[bytes]) -> bytes:
        """The answer of a worker. Raises TimeoutError if it exceeded the limit."""
        waited = 0.0
        while True:
            step = min(_PATIENCE, max(self.limit * BY_CLOCK - waited, 0.01))
            try:
                with _explained():
                    return future.result(timeout=step)
            except TimeoutError:
                if not self._threads():
                    raise StoppedError(
                        "the cluster has no worker any more: start one with `dask worker`"
                    ) from None
                waited = waited + step if self._worker_of(future) else 0.0
                if waited >= self.limit * BY_CLOCK:
                    raise

    def _worker_of(self, future: Future[bytes]) -> str:
        """The address of the task's worker, "" if it has none yet."""
        with _reached():
            processing: Mapping[str, Any] = self.client.processing()
        return next((address for address, keys in processing.items() if future.key in keys), "")

    def _give_up(self, future: Future[bytes]) -> None:
        """Cancel the task and restart its worker; a hanging thread cannot be ended otherwise."""
        address = self._worker_of(future)
        with suppress(*_LOST, ValueError):
            self.client.cancel([future], force=True)
            if address:
                self.client.restart_workers([address], timeout=_PATIENCE, raise_for_error=False)

    def _threads(self) -> Mapping[str, int]:
        with _reached():
            threads: Mapping[str, int] = self.client.nthreads()
        return threads


@contextmanager
def _reached() -> Iterator[None]:
    """Describe errors of a call that the scheduler itself answers."""
    try:
        yield
    except _LOST:
        raise _gone() from None


@contextmanager
def _explained() -> Iterator[None]:
    """Describe errors of a cluster while a result is awaited; a task's own errors pass."""
    try:
        yield
    except (TimeoutError, KilledWorker):
        raise
    except (CancelledError, OSError):
        raise _gone() from None
    except ModuleNotFoundError as error:
        raise UnlikeError(f"a worker was refused, since it has no Dossierkit, or another ({error})") from None


def _gone() -> StoppedError:
    return StoppedError("the scheduler of the cluster went away")


def _require_certificates() -> None:
    """Raises click.UsageError if Dask's configuration has no client certificates; the client itself fails late and noisily."""
    try:
        found: Any = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise click.UsageError(
            f"tls:// needs certificates, and those of Dask's configuration cannot be read: {error}"
        ) from None
    if not found.get("ssl_context"):
        raise click.UsageError(
            "tls:// needs certificates: name them in Dask's configuration, under distributed.comm.tls (`ca-file`, and `cert` and "
            "`key` of `client`)"
        )


def _refuse_unlike(client: Any) -> None:  # noqa: ANN401 -- as above
    """Raises UnlikeError for the first worker that could give other results, click.UsageError without workers."""
    versions = client.get_versions()
    pythons = {"the scheduler": versions["scheduler"], **versions["workers"]}
    if not versions["workers"]:
        raise click.UsageError(
            f"the Dask scheduler at {client.scheduler.address} has no workers: start some with `dask worker`"
        )
    for name, details in pythons.items():  # before anything that such a worker could not unpickle
        compare({"Python": installed()["Python"]}, {"Python": python(details["host"]["python"])}, name)
    for name, there in client.run(_look()).items():
        compare(installed(), there, name)


# Sent to machines that may not have this package: defined inside functions, so that it is pickled by value.


def _look() -> Callable[[], Requirements]:
    def look() -> Requirements:
        try:
            from dossierkit.parallel.requirements import installed  # noqa: PLC0415
        except ImportError:
            return {}
        return dict(installed())

    return look


def _work() -> Callable[[str, bytes], bytes]:
    def work(key: str, task: bytes) -> bytes:
        from distributed import get_worker  # noqa: PLC0415

        from dossierkit.parallel.dask_worker import do  # noqa: PLC0415

        worker: Any = get_worker()
        return do(key, worker.dossierkit[key], worker.address, worker.local_directory, task)

    return work


def _delivery(key: str, given: Parcel) -> WorkerPlugin:
    class Delivery(WorkerPlugin):
        def setup(self, worker: Any) -> None:  # noqa: ANN401 -- a worker of any version
            vars(worker).setdefault("dossierkit", {})[key] = given

        def teardown(self, worker: Any) -> None:  # noqa: ANN401 -- a worker of any version
            import sys  # noqa: PLC0415

            worker.dossierkit.pop(key, None)
            worker_module = sys.modules.get("dossierkit.parallel.dask_worker")
            if worker_module:
                worker_module.leave(key)

    return Delivery()
