"""Things by key within a bound, the least recently used forgotten first."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Memory(Generic[Thing]):
    """Things by key, the least recently used forgotten first; several visitors may use it at once.

    Parameters
    ----------
    limit : int
        How large all kept things may be together, in the unit of their sizes.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[Hashable, tuple[Thing, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Thing | None:
        """Return what is kept under a key, None if nothing is."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Hashable, thing: Thing, size: int) -> None:
        """Keep a thing, and forget others until all fit; what is larger than the limit is not kept."""
        if size > self.limit:
            return
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = thing, size
            while sum(size for _, size in self._kept.values()) > self.limit:
                self._kept.popitem(last=False)
