"""What was read last, kept in memory up to a number of bytes: one law's annex weighs as much as a thousand letters."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The values used last, by number, that weigh at most `bytes` together. Safe from any thread."""

    def __init__(self, size: int) -> None:
        self._room = size
        self._values: OrderedDict[int, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, number: int) -> T | None:
        """The value, if it is kept."""
        with self._lock:
            found = self._values.get(number)
            if found is None:
                return None
            self._values.move_to_end(number)
            return found[0]

    def put(self, number: int, value: T, size: int) -> None:
        """Keeps a value of so many bytes, and lets go of those that were not used for longest."""
        with self._lock:
            if number in self._values:
                self._room += self._values.pop(number)[1]
            self._values[number] = (value, size)
            self._room -= size
            while self._room < 0:
                self._room += self._values.popitem(last=False)[1][1]

    def of(self, number: int, read: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value, read where it is not kept."""
        found = self.get(number)
        if found is None:
            found = read()
            self.put(number, found, weigh(found))
        return found
