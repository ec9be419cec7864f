"""How often something may be sent from one place: counted in memory alone, so that no address is ever written down."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

MOST_PLACES = 10_000


class Throttle:
    """Lets so many through from one place, and so many at all, within some seconds."""

    def __init__(self, from_one: int, at_all: int, seconds: float) -> None:
        self._from_one, self._at_all, self._seconds = from_one, at_all, seconds
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()
        self._lock = threading.Lock()

    def passes(self, place: str) -> bool:
        """Tell whether one more may pass now; one that may is counted."""
        now = time.monotonic()
        with self._lock:
            times = self._times.setdefault(place, deque())
            self._times.move_to_end(place)
            for queue in (times, self._all):
                while queue and queue[0] <= now - self._seconds:
                    queue.popleft()
            while len(self._times) > MOST_PLACES:
                self._times.popitem(last=False)
            if len(times) >= self._from_one or len(self._all) >= self._at_all:
                return False
            times.append(now)
            self._all.append(now)
            return True

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._times.clear()
            self._all.clear()
