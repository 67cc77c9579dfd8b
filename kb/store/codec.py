"""Frozen dataclasses to JSON and back, without loss, driven by their own annotations.

Fields that hold their default are left out, so a field added later with a default still reads old rows.
"""

import dataclasses
import json
import types
import zlib
from collections.abc import Callable, Hashable
from datetime import date
from enum import Enum
from functools import lru_cache, partial
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]


def dumps(value: object) -> str:
    """JSON text of a dataclass, or of a tuple of them."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str | bytes) -> T:
    """The value of type `kind` (a dataclass, or `tuple[X, ...]`) that `dumps` wrote."""
    return cast("T", _reader(cast("Hashable", kind))(json.loads(text)))


def pack(value: object) -> bytes:
    """`dumps`, compressed: for what is large and rarely read."""
    return zlib.compress(dumps(value).encode())


def unpack(kind: type[T], packed: bytes) -> T:
    """What `pack` wrote."""
    return loads(kind, zlib.decompress(packed))


def _plain(value: object) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(item)
            for field in dataclasses.fields(value)
            if (item := getattr(value, field.name)) != field.default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Reader:
    """How to read JSON into `kind`; `_same` where JSON's own value is already right."""
    if get_origin(kind) in (Union, types.UnionType):
        inner = _reader(next(arg for arg in get_args(kind) if arg is not type(None)))
        return inner if inner is _same else lambda data: None if data is None else inner(data)
    if get_origin(kind) in (tuple, frozenset):
        return _collection(get_origin(kind), _reader(get_args(kind)[0]))
    if not isinstance(kind, type):
        raise TypeError(f"no JSON form for {kind}")
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind)
    if issubclass(kind, date):
        return kind.fromisoformat
    if issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if issubclass(kind, tuple):  # a NamedTuple: Span
        return partial(tuple.__new__, kind)
    return _same


def _same(data: Any) -> Any:
    return data


def _collection(kind: Callable[[Any], Any], item: _Reader) -> _Reader:
    return kind if item is _same else lambda data: kind([item(each) for each in data])


def _dataclass(kind: type) -> _Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    names = frozenset(readers)
    special = [(name, reader) for name, reader in readers.items() if reader is not _same]

    def read(data: dict[str, Any]) -> Any:
        values = data if names.issuperset(data) else {name: data[name] for name in data.keys() & names}
        for name, reader in special:
            if name in values:
                values[name] = reader(values[name])  # what JSON gave is nobody else's
        return kind(**values)

    return read
