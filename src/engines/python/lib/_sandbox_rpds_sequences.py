"""Lists, stacks and queues of `rpds.rpds`, and what all its classes have in common."""


class Final:
    """What the compiled classes have in common: no attributes of an instance's own, no classes that build on them."""

    __slots__ = ()

    def __init_subclass__(cls):
        if not cls.__module__.startswith('_sandbox_rpds'):
            raise TypeError(f"type 'rpds.{cls.__mro__[1].__name__}' is not an acceptable base type")


def made(kind, items):
    value = object.__new__(kind)
    value._items = items
    return value


def joined(values):
    return ', '.join(map(repr, values))


class _Sequence(Final):
    """Values in an order; `_items` is a chain of pairs (first, rest), or None, and `_length` its length."""

    __slots__ = ('_items', '_length')

    def __len__(self):
        return self._length

    def __iter__(self):
        chain = self._items
        while chain is not None:
            value, chain = chain
            yield value

    def __repr__(self):
        return f'{type(self).__name__}([{joined(self)}])'

    def __eq__(self, other):
        return list(self) == list(other) if type(other) is type(self) else NotImplemented

    def __hash__(self):
        for index, value in enumerate(self):
            try:
                hash(value)
            except TypeError:
                name = type(self).__name__
                raise TypeError(f'Unhashable type at {index} element in {name}: {value!r}') from None
        return hash(tuple(self))

    def _with(self, chain, length):
        value = made(type(self), chain)
        value._length = length
        return value


def _arguments(values):
    """The values of `List(iterable)` and of `List(1, 2, 3)`."""
    return values[0] if len(values) == 1 else values


def _chain(values):
    chain = None
    length = 0
    for value in values:
        chain = (value, chain)
        length += 1
    return chain, length


class List(_Sequence):
    __slots__ = ()

    def __new__(cls, *values):
        return cls._with(object.__new__(cls), *_chain(reversed(_arguments(values))))

    def __reversed__(self):
        return reversed(list(self))

    def __reduce__(self):
        return List, (list(self),)

    @property
    def first(self):
        if self._items is None:
            raise IndexError('empty list has no first element')
        return self._items[0]

    @property
    def rest(self):
        return self if self._items is None else self._with(self._items[1], self._length - 1)

    def push_front(self, value):
        return self._with((value, self._items), self._length + 1)

    def drop_first(self):
        if self._items is None:
            raise IndexError('empty list has no first element')
        return self.rest


class Stack(_Sequence):
    __slots__ = ()

    def __new__(cls, *values):
        return cls._with(object.__new__(cls), *_chain(_arguments(values)))

    def __repr__(self):
        return f'Stack([{joined(reversed(list(self)))}])'

    def peek(self):
        if self._items is None:
            raise IndexError('peeked an empty stack')
        return self._items[0]

    def pop(self):
        if self._items is None:
            raise IndexError('popped an empty stack')
        return self._with(self._items[1], self._length - 1)

    def push(self, value):
        return self._with((value, self._items), self._length + 1)


class Queue(_Sequence):
    __slots__ = ()

    def __new__(cls, *values):
        return cls._with(object.__new__(cls), tuple(_arguments(values)), None)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def is_empty(self):
        return not self._items

    def peek(self):
        if not self._items:
            raise IndexError('peeked an empty queue')
        return self._items[0]

    def enqueue(self, value):
        return self._with((*self._items, value), None)

    def dequeue(self):
        if not self._items:
            raise IndexError('dequeued an empty queue')
        return self._with(self._items[1:], None)
