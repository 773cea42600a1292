"""Many clients over any `concurrent.futures.Executor`: in chunks, a few ahead, and not lost when a worker dies."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import Any, Final, TypeVar

from .jobs import BatchSettings, Job, StopRunError

T = TypeVar("T")
Chunk = Sequence[Job]
Task = Callable[[BatchSettings, Chunk], list[T]]
Lost = Callable[[Job], T]

CHUNK: Final = 25  # clients: enough to make their way worth while, few enough to share out evenly
AHEAD: Final = 2  # chunks waiting for each worker


class SameProcess(Executor):
    """An executor that works in this process, at once."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Do it, and give the result."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as every executor does
            future.set_exception(error)
        return future


class Workers:
    """So many workers, begun when they are needed.

    `make(2)` gives an executor of two, `apart()` one whose worker may die, `close()` ends what lies behind them.
    """

    def __init__(
        self,
        make: Callable[[int], Executor],
        apart: Callable[[], Executor],
        count: int,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._make, self._apart, self._close = make, apart, close
        self._executor: Executor | None = None
        self.count = count

    def run(self, task: Task[T], settings: BatchSettings, chunks: Iterable[Chunk], lost: Lost[T]) -> Iterator[list[T]]:
        """Give the results of each chunk as it is done. A client at which a worker dies gives `lost`."""
        running: dict[Future[list[T]], Chunk] = {}
        try:
            for chunk in chunks:
                if len(running) >= self.count * AHEAD:
                    yield from self._done(running, task, settings, lost)
                running[self._submit(task, settings, chunk)] = chunk
            while running:
                yield from self._done(running, task, settings, lost)
        finally:
            for future in running:
                future.cancel()

    def _done(
        self, running: dict[Future[list[T]], Chunk], task: Task[T], settings: BatchSettings, lost: Lost[T]
    ) -> Iterator[list[T]]:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            chunk = running.pop(future)
            try:
                yield future.result()
            except StopRunError:
                raise
            except Exception:  # noqa: BLE001  # the executor failed, whatever its kind calls that; tasks raise nothing
                yield self._one_by_one(task, settings, chunk, lost)

    def _one_by_one(self, task: Task[T], settings: BatchSettings, chunk: Chunk, lost: Lost[T]) -> list[T]:
        """A worker died: go through its clients singly, in a worker apart, to find the one that it died of."""
        self._drop()
        results: list[T] = []
        apart = self._apart()
        for job in chunk:
            try:
                results += apart.submit(task, settings, [job]).result()
            except StopRunError:
                raise
            except Exception:  # noqa: BLE001  # as above
                results.append(lost(job))
                apart = self._apart()
        apart.shutdown()
        return results

    def _submit(self, task: Task[T], settings: BatchSettings, chunk: Chunk) -> Future[list[T]]:
        if self._executor:
            try:
                return self._executor.submit(task, settings, chunk)
            except RuntimeError:  # a worker died since
                self._drop()
        self._executor = self._make(self.count)
        return self._executor.submit(task, settings, chunk)

    def _drop(self) -> None:
        if self._executor:
            self._executor.shutdown(wait=False)
        self._executor = None

    def limit(self, clients: int) -> None:
        """Begin no more workers than so many clients keep busy."""
        self.count = max(1, min(self.count, -(-clients // CHUNK)))

    def stop(self) -> None:
        """End the workers when they have done what they are at."""
        if self._executor:
            self._executor.shutdown(wait=True)
        self._executor = None
        self._close()


def processes(count: int) -> Workers:
    """So many processes of this machine, begun afresh (`spawn`), as on Windows and macOS; one is this process."""
    return Workers(lambda count: _pool(count) if count > 1 else SameProcess(), lambda: _pool(1), count)


def _pool(count: int) -> Executor:
    return _Processes(count, mp_context=get_context("spawn"), initializer=_begin_worker)


class _Processes(ProcessPoolExecutor):
    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        with _ctrl_c_later():  # the first one begins the processes
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Without Ctrl-C for the moment: processes that are begun meanwhile ignore it from the start."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


def _begin_worker() -> None:
    """Leave Ctrl-C to the command, and end with it: a worker whose command was killed would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def cluster(address: str) -> Workers:
    """The workers of a Dask cluster, which see the same folders. Raises OSError where there is none."""
    from distributed import Client  # an extra: isobook works without it

    client: Any = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    count = sum(client.nthreads().values()) or 1

    def executor() -> Executor:
        found: Executor = client.get_executor(pure=False, retries=0)
        return found

    return Workers(lambda _count: executor(), executor, count, client.close)
