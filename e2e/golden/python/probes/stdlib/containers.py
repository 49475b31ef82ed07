import array
import bisect
import collections
import contextlib
import copy
import dataclasses
import enum
import functools
import heapq
import itertools
import pickle
import struct
import typing
import weakref
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple

print(Counter('abracadabra').most_common(3), Counter(a=1) - Counter(a=2), Counter('ab') | Counter('bc'), Counter('aab').total(), repr(defaultdict(list, a=[1])))
queue = deque(range(5), maxlen=4)
queue.rotate(1)
queue.appendleft(9)
print(queue, OrderedDict(a=1, b=2), ChainMap({'a': 1}, {'a': 2, 'b': 3}), list(ChainMap({'a': 1}, {'b': 2})))
Point = namedtuple('Point', 'x y', defaults=[0])
print(Point(1), Point(1)._replace(y=5), Point._fields, Point(2, 3)._asdict(), Point._make([1, 2]))
print(list(itertools.chain.from_iterable(['ab', 'c'])), list(itertools.groupby('aab', str.upper))[0][0], list(itertools.islice(itertools.count(3, 2), 3)), list(itertools.batched('abcde', 2)), list(itertools.pairwise('abc')), list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)), list(itertools.zip_longest('ab', 'c', fillvalue='-')), list(itertools.permutations('abc', 2))[:3], list(itertools.product([0, 1], repeat=2)), list(itertools.combinations_with_replacement('ab', 2)), list(itertools.starmap(pow, [(2, 3)])), [list(part) for part in itertools.tee('ab')])
for call in [lambda: collections.namedtuple('X', 'a a'), lambda: collections.namedtuple('X', 'class'), lambda: deque().pop(), lambda: Point(), lambda: {}['x'], lambda: [].pop(), lambda: {1}.remove(2), lambda: set([[]]), lambda: heapq.heappop([]), lambda: next(iter([])), lambda: [1, 2].index(3), lambda: list(zip([1], [1, 2], strict=True)), lambda: (1, 2)[5], lambda: sorted([1, 'a']), lambda: max([]), lambda: dict([1]), lambda: functools.reduce(int.__add__, [])]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


@functools.lru_cache(maxsize=2)
def square(number):
    return number * number


for number in (1, 2, 1, 3, 2):
    square(number)
print(square.cache_info(), functools.partial(int, base=2)('101'), functools.partial(print, 'a', sep=',').keywords)


@functools.singledispatch
def kind(value):
    return 'other'


@kind.register
def _(value: int | float):
    return 'number'


@kind.register(list)
def _(value):
    return 'list'


print(kind(1), kind([]), kind('x'), kind.dispatch(bool).__name__)


@functools.total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


print(Version(1) <= Version(1, 1), Version(2) > Version(1))


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()
    CRIMSON = 1


class Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


class Level(enum.IntEnum):
    LOW = 1


class Word(enum.StrEnum):
    HELLO = enum.auto()


print(Colour.RED, repr(Colour.CRIMSON), list(Colour), Colour['GREEN'], Colour(2), Access.READ | Access.WRITE, repr(Access(3)), Access.READ in Access(3), Level.LOW + 1, f'{Level.LOW} {Word.HELLO}', Word.HELLO == 'hello', Colour.__members__)
for call in [lambda: Colour(9), lambda: Colour['X'], lambda: Colour.RED < Colour.GREEN, lambda: setattr(Colour, 'RED', 2), lambda: Access(8)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


@dataclasses.dataclass(order=True, slots=True)
class Item:
    name: str
    price: float = 0.0
    tags: list[str] = dataclasses.field(default_factory=list, compare=False, repr=False)
    total: float = dataclasses.field(init=False, default=1)

    def __post_init__(self):
        self.total = self.price * 2


@dataclasses.dataclass(frozen=True, kw_only=True)
class Frozen:
    a: int
    b: dataclasses.InitVar[int] = 0
    c: typing.ClassVar[int] = 3


print(Item('a', 2), dataclasses.asdict(Item('a')), Item('a') < Item('b'), dataclasses.replace(Item('a'), price=3), [field.name for field in dataclasses.fields(Item)], Frozen(a=1), hash(Frozen(a=1)) == hash(Frozen(a=1)), Item.__match_args__)
for call in [lambda: setattr(Frozen(a=1), 'a', 2), lambda: Item(), lambda: Frozen(1), lambda: Item('a').other, lambda: setattr(Item('a'), 'other', 1), lambda: dataclasses.dataclass(type('Bad', (), {'__annotations__': {'x': list}, 'x': []}))]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
heap = [5, 1, 4]
heapq.heapify(heap)
print(heapq.heappushpop(heap, 0), heapq.nsmallest(2, heap), list(heapq.merge([1, 4], [2, 3])), bisect.bisect([1, 2, 2, 3], 2), bisect.bisect_left([1, 2, 2], 2))
values = array.array('i', [1, 2, 3])
print(values, values.tobytes(), values.itemsize, struct.pack('>HhIq2sf?', 1, -1, 2, 3, b'ab', 1.5, True), struct.unpack('<I', b'\x01\0\0\0'), struct.calcsize('@bi'), memoryview(b'abcd')[1:3].tolist())
try:
    struct.unpack('I', b'a')
except struct.error as error:
    print(error)
deep = {'a': [1, {'b': 2}]}
clone = copy.deepcopy(deep)
clone['a'][1]['b'] = 3
print(deep, clone, copy.copy(deep)['a'] is deep['a'], pickle.loads(pickle.dumps({'a': Point(1), 'c': Colour.RED})), pickle.dumps([1, 'a', None], 2))
with contextlib.suppress(KeyError):
    {}['x']
with contextlib.ExitStack() as stack:
    stack.callback(print, 'second')
    stack.callback(print, 'first')


@contextlib.contextmanager
def manager():
    print('enter')
    try:
        yield 'value'
    except ValueError as error:
        print('caught', error)
    finally:
        print('exit')


with manager() as value:
    print(value)
    raise ValueError('inside')


class Thing:
    pass


thing = Thing()
reference = weakref.ref(thing, lambda _: print('gone'))
table = weakref.WeakValueDictionary(a=thing)
finalizer = weakref.finalize(thing, print, 'finalized')
del thing
print(reference(), dict(table), finalizer.alive)
print(typing.get_type_hints(Item), typing.Optional[int], typing.Union[int, str, None], list[int] | None, typing.get_args(dict[str, int]), typing.Literal['a', 1], typing.get_origin(typing.List[int]))
