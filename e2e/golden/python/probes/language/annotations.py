"""Annotations are evaluated where they stand."""
import dataclasses
import enum
import functools
import inspect
import typing


def fails(source):
    try:
        exec(source, {'__name__': 'probe'})
        print('no error:', source.splitlines()[0])
    except Exception as error:
        print(type(error).__name__, error)


fails('def f(x: Missing): pass')
fails('def f() -> Missing: pass')
fails('async def f(*args: Missing): pass')
fails('x: Missing')
fails('x: Missing = 1')
fails('class A:\n  x: Missing')
fails('class A:\n  def f(self) -> A: pass')
fails('class A:\n  def f(self) -> "A": pass')
fails('def f():\n  x: Missing = 1\nf()')
fails('def f():\n  def g(x: late): pass\n  late = 1\nf()')
fails('def f[T](x: T, y: Missing): pass')
fails('from __future__ import annotations\ndef f(x: Missing): pass')
fails('class A: pass\na = A()\na.b: Missing = 1')
fails('(x): Missing = 1')
fails('import typing\nif typing.TYPE_CHECKING:\n  from x import Y\ndef f(y: Y): pass')
fails('@print\ndef f(x: Missing): pass')
fails('def f(x: int | None = None, *y: "Missing") -> list[int]: pass')
order = []


def note(value):
    order.append(value)
    return value


def decorate(name):
    note(name)
    return lambda function: (note(name + ' applied'), function)[1]


@decorate('outer')
@decorate('inner')
def f(a: note('a'), /, b: note('b'), *c: note('c'), d: note('d'), **e: note('e')) -> note('return'):
    pass


print(order)
print(f.__annotations__)


class C:
    """Documentation."""

    __private: int = 1
    second: 'C'
    third: list[int] = []

    def method(self, __hidden: int) -> None:
        local: Undefined = 1
        return local

    if True:
        fourth: str
    for fifth in ():
        sixth: bytes = b''


print(C.__dict__['__annotations__'], C.__doc__, C.method.__annotations__)
print(inspect.signature(C.method), typing.get_type_hints(C)['second'] is C)
variable: int = 1
other: str
print(__annotations__)


@functools.wraps(f)
def wrapped(*args): pass


print(wrapped.__annotations__ == f.__annotations__, functools.lru_cache(lambda x: x).__wrapped__.__annotations__)


@dataclasses.dataclass(slots=True, order=True)
class D:
    a: int
    b: list[int] = dataclasses.field(default_factory=list)
    c: typing.ClassVar[int] = 3
    d: 'str' = 'x'


print(D(1), [(field.name, field.type) for field in dataclasses.fields(D)], D.__init__.__annotations__)


class N(typing.NamedTuple):
    x: int
    y: str = 'q'


class T(typing.TypedDict, total=False):
    k: typing.Required[int]
    m: str


class E(enum.Enum):
    A: int = 1


print(N(1), N.__annotations__, T.__annotations__, T.__required_keys__, E.A, E.__annotations__)


class G[X]:
    item: X

    def get[Y](self, y: Y) -> tuple[X, Y]: ...


print(G.__annotations__, G.get.__annotations__, inspect.get_annotations(G.get))
print(lambda: 1, (lambda: 1).__annotations__) if False else print((lambda: 1).__annotations__)
