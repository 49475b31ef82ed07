"""The core in the place of `rpds.rpds`: immutable maps, sets, lists, stacks and queues over those of the interpreter.

A changed map, set or queue is a copy; lists and stacks share their tails. Entries are listed in the order in which they
were put in, where the compiled module has an order by hash that differs from process to process.
"""

from collections.abc import Mapping, Set

import _sandbox_standins as standins
from _sandbox_rpds_sequences import Final, List, Queue, Stack, joined, made


def _pairs(value):
    if isinstance(value, (HashTrieMap, dict)):
        return value.items()
    if isinstance(value, Mapping):
        return [(key, value[key]) for key in value]
    return map(_pair, value)


def _pair(value):
    if not isinstance(value, tuple):
        raise TypeError(f"'{type(value).__name__}' object is not an instance of 'tuple'")
    if len(value) != 2:
        raise ValueError(f'expected tuple of length 2, but got tuple of length {len(value)}')
    return value


class HashTrieMap(Final):
    __slots__ = ('_items',)

    def __new__(cls, value=None, **more):
        return made(cls, {**dict(() if value is None else _pairs(value)), **more})

    @classmethod
    def convert(cls, value):
        return value if isinstance(value, cls) else cls(value)

    @classmethod
    def fromkeys(cls, keys, value=None):
        return made(cls, dict.fromkeys(keys, value))

    def __getitem__(self, key):
        return self._items[key]

    def __contains__(self, key):
        return key in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def __repr__(self):
        return f'HashTrieMap({self._items!r})'

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, HashTrieMap) else NotImplemented

    def __hash__(self):
        for key, value in self._items.items():
            try:
                hash(value)
            except TypeError:
                raise TypeError(f'Unhashable type in HashTrieMap of key {key!r}: {value!r}') from None
        return hash(frozenset(self._items.items()))

    def __reduce__(self):
        return HashTrieMap, (list(self._items.items()),)

    def get(self, key, default=None):
        return self._items.get(key, default)

    def keys(self):
        return KeysView(self._items)

    def values(self):
        return ValuesView(self._items)

    def items(self):
        return ItemsView(self._items)

    def insert(self, key, value):
        return made(HashTrieMap, {**self._items, key: value})

    def remove(self, key):
        if key not in self._items:
            raise KeyError(key)
        return self.discard(key)

    def discard(self, key):
        if key not in self._items:
            return self
        return made(HashTrieMap, {one: value for one, value in self._items.items() if one != key})

    def update(self, *values, **more):
        items = dict(self._items)
        for value in values:
            items.update(_pairs(value))
        return made(HashTrieMap, {**items, **more})


class _View:
    __slots__ = ('_items',)

    def __init__(self, items):
        self._items = items

    def __len__(self):
        return len(self._items)


class KeysView(_View, Set):
    __slots__ = ()
    _from_iterable = classmethod(lambda cls, items: HashTrieSet(items))

    def __contains__(self, key):
        return key in self._items

    def __iter__(self):
        return iter(self._items)

    def __repr__(self):
        return f'keys_view({{{joined(self._items)}}})'


class ValuesView(_View):
    __slots__ = ()

    def __iter__(self):
        return iter(self._items.values())

    def __repr__(self):
        return f'values_view([{joined(self._items.values())}])'


class ItemsView(_View, Set):
    __slots__ = ()
    _from_iterable = classmethod(lambda cls, items: HashTrieSet(items))

    def __contains__(self, item):
        return item in self._items.items()

    def __iter__(self):
        return iter(self._items.items())

    def __repr__(self):
        return f'items_view([{joined(self._items.items())}])'


class HashTrieSet(Final):
    __slots__ = ('_items',)

    def __new__(cls, value=None):
        return made(cls, dict.fromkeys(() if value is None else value))

    def __contains__(self, value):
        return value in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def __repr__(self):
        return f'HashTrieSet({{{joined(self._items)}}})'

    def __hash__(self):
        return hash(frozenset(self._items))

    def __reduce__(self):
        return HashTrieSet, (list(self._items),)

    def __eq__(self, other):
        return self._compare(other, lambda mine, its: mine == its)

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return self._compare(other, lambda mine, its: mine < its)

    def __le__(self, other):
        return self._compare(other, lambda mine, its: mine <= its)

    def __gt__(self, other):
        return self._compare(other, lambda mine, its: mine > its)

    def __ge__(self, other):
        return self._compare(other, lambda mine, its: mine >= its)

    def _compare(self, other, relation):
        if not isinstance(other, (HashTrieSet, set, frozenset, Set)):
            return False
        return relation(self._items.keys(), set(other))

    def __or__(self, other):
        return self.union(other) if isinstance(other, HashTrieSet) else NotImplemented

    def __and__(self, other):
        return self.intersection(other) if isinstance(other, HashTrieSet) else NotImplemented

    def __sub__(self, other):
        return self.difference(other) if isinstance(other, HashTrieSet) else NotImplemented

    def __xor__(self, other):
        return self.symmetric_difference(other) if isinstance(other, HashTrieSet) else NotImplemented

    def union(self, other):
        return made(HashTrieSet, {**self._items, **_items_of(other)})

    def intersection(self, other):
        items = _items_of(other)
        return HashTrieSet(value for value in self._items if value in items)

    def difference(self, other):
        items = _items_of(other)
        return HashTrieSet(value for value in self._items if value not in items)

    def symmetric_difference(self, other):
        return self.difference(other).union(made(HashTrieSet, _items_of(other)).difference(self))

    def insert(self, value):
        return made(HashTrieSet, {**self._items, value: None})

    def remove(self, value):
        if value not in self._items:
            raise KeyError(value)
        return self.discard(value)

    def discard(self, value):
        if value not in self._items:
            return self
        return HashTrieSet(one for one in self._items if one != value)

    def update(self, *values):
        items = dict(self._items)
        for value in values:
            items.update(dict.fromkeys(value))
        return made(HashTrieSet, items)


def _items_of(other):
    if not isinstance(other, HashTrieSet):
        raise TypeError(f"'{type(other).__name__}' object is not an instance of 'HashTrieSet'")
    return other._items


def install(module):
    standins.announce('rpds-py', 'Python in place of its compiled core; what changes a map or a set copies it')
    Mapping.register(HashTrieMap)
    Set.register(HashTrieSet)
    module.__all__ = ['HashTrieMap', 'HashTrieSet', 'List', 'Stack', 'Queue']
    for name in (*module.__all__, 'KeysView', 'ValuesView', 'ItemsView'):
        kind = globals()[name]
        kind.__module__ = 'builtins' if name.endswith('View') else 'rpds'
        setattr(module, name, kind)
