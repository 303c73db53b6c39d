"""Figures over the whole archive that take long at a hundred thousand documents, remembered for the next look.

A figure that is quickly made is made anew whenever the archive changed.  One that takes long is shown as it was while
a thread makes it anew: nobody waits for a ranking that one more document hardly moves.  A clerk changes the archive
every few seconds; such a figure rests a while, so that making it never takes the processor from people's pages.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from pipeline.store.archive import Archive

LONG = 0.15
"""Seconds from which a figure is made anew in the background."""
REST = 20
"""How many times as long as it took a figure rests before it is made anew in the background."""
_MOST = 200
_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Kept:
    value: Any
    revision: tuple[int, int]
    seconds: float
    at: float
    making: bool = False


class Remembered:
    """A memory of figures; safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, archive: Archive, key: Hashable, make: Callable[[], _Value], *, exact: bool = False) -> _Value:
        """The figure ``key`` of an archive; ``make`` makes it.  An ``exact`` one is never shown as it was."""
        whole = (str(archive.folder), archive.database.shown, key)
        revision = archive.revision()
        with self._lock:
            kept = self._kept.get(whole)
            if kept is not None:
                self._kept.move_to_end(whole)
            if kept is not None and (kept.revision == revision or (kept.making and not exact)):
                return kept.value  # type: ignore[no-any-return]
            late = kept is not None and kept.seconds >= LONG and not exact
            if late and kept is not None:
                if time.perf_counter() - kept.at < REST * kept.seconds:
                    return kept.value  # type: ignore[no-any-return]
                kept.making = True
        if late and kept is not None:
            threading.Thread(target=self._anew, args=(whole, revision, make), daemon=True).start()
            return kept.value  # type: ignore[no-any-return]
        with self._lock:
            making = self._making.setdefault(whole, threading.Lock())
        with making:  # whoever asks for the same figure meanwhile waits for this one and makes none of their own
            with self._lock:
                kept = self._kept.get(whole)
            if kept is not None and kept.revision == revision:
                return kept.value  # type: ignore[no-any-return]
            return self._make(whole, revision, make)

    def _make(self, whole: Hashable, revision: tuple[int, int], make: Callable[[], _Value]) -> _Value:
        started = time.perf_counter()
        value = make()
        ended = time.perf_counter()
        with self._lock:
            self._kept[whole] = _Kept(value, revision, ended - started, ended)
            self._kept.move_to_end(whole)
            while len(self._kept) > _MOST:
                self._making.pop(self._kept.popitem(last=False)[0], None)
        return value

    def _anew(self, whole: Hashable, revision: tuple[int, int], make: Callable[[], Any]) -> None:
        try:
            self._make(whole, revision, make)
        except Exception:  # the archive may be away for a moment: the old figure stands, and is asked for again
            logging.getLogger("congvan.app").warning("a figure could not be made anew", exc_info=True)
            with self._lock:
                if whole in self._kept:
                    self._kept[whole].making = False


FIGURES = Remembered()
