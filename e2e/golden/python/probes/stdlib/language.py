import ast
import asyncio
import gc
import inspect
import sys
import traceback
import types
import warnings


def shown(call):
    try:
        print(repr(call()))
    except BaseException as error:
        print(type(error).__name__, error)


class Base:
    def __init_subclass__(cls, /, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag

    def __class_getitem__(cls, item):
        return f'{cls.__name__}[{item}]'

    @property
    def value(self):
        return 1


class Child(Base, tag='t'):
    __slots__ = ('x',)

    def method(self, a, /, b=2, *args, c, **kwargs) -> int:
        """Doc of the method."""


child = Child()
for call in [
    lambda: Child.tag,
    lambda: Base[int],
    lambda: child.missing,
    lambda: setattr(child, 'value', 2),
    lambda: child.method(),
    lambda: child.method(1),
    lambda: child.method(1, d=1, a=2),
    lambda: undefined_name,
    lambda: None.x,
    lambda: None(),
    lambda: None[0],
    lambda: 1 + '1',
    lambda: [1, 2, 3]['a'],
    lambda: {}.x,
    lambda: (lambda a: a)(),
    lambda: (lambda a: a)(1, 2),
    lambda: (lambda *, a: a)(b=1),
    lambda: len(5),
    lambda: iter(5),
    lambda: int(),
    lambda: int([]),
    lambda: abs('x'),
    lambda: sum(['a']),
    lambda: [*5],
    lambda: {**5},
    lambda: print(**{'x': 1}),
    lambda: 'abc'.foo,
    lambda: sys.modules['os'].no_such,
    lambda: __import__('no_such_module'),
    lambda: __import__('os.no_such'),
    lambda: exec('from os import no_such'),
    lambda: exec('x = '),
    lambda: exec('if x:\npass'),
    lambda: exec('print "x"'),
    lambda: exec('f("a" "b'),
    lambda: exec('a = 1 +* 2'),
    lambda: exec('def f(a, a): pass'),
    lambda: exec('return 1'),
    lambda: exec('x: int = 1; del y'),
    lambda: eval('1 +'),
    lambda: eval('(1'),
    lambda: compile('a b', 'f', 'eval'),
    lambda: isinstance(1, 'x'),
    lambda: issubclass(1, int),
    lambda: type('X', (int, str), {}),
    lambda: object().__reduce_ex__('x'),
    lambda: super().x,
    lambda: next(x for x in []),
    lambda: a_b_c,
    lambda: open,
    lambda: raise_from(),
    lambda: sys.exit('bye'),
    lambda: sys.getrecursionlimit(),
    lambda: __debug__,
    lambda: 'x' in 5,
    lambda: 5 in 'x',
    lambda: {[]: 1},
    lambda: slice(1, 2)[0],
    lambda: bytes('x'),
    lambda: bytearray(b'a').append(300),
    lambda: range(1, 2, 0),
    lambda: list(range(3))[::0],
    lambda: ''.join(5),
    lambda: str(b'x', 5),
    lambda: complex('x'),
    lambda: ord('ab'),
    lambda: round('x'),
    lambda: pow(2, -1, 4),
    lambda: getattr(child, 5),
    lambda: delattr(child, 'nothing'),
    lambda: type.__call__(),
    lambda: asyncio.run(5),
    lambda: asyncio.get_running_loop(),
]:
    shown(call)


def recursive(number):
    return recursive(number + 1)


shown(lambda: recursive(0))


def raise_from():
    try:
        {}['key']
    except KeyError as error:
        raise ValueError('outer') from error


try:
    raise_from()
except ValueError as error:
    print(repr(error.__cause__), error.__suppress_context__, error.args, [frame.name for frame in traceback.extract_tb(error.__traceback__)])
    error.add_note('a note')
    print(''.join(traceback.format_exception_only(error)), end='')
try:
    raise ExceptionGroup('group', [ValueError(1), TypeError('t'), ExceptionGroup('inner', [KeyError('k')])])
except* ValueError as group:
    print('values', group.exceptions)
except* (TypeError, KeyError) as group:
    print('others', repr(group))


def generator():
    try:
        received = yield 1
        print('received', received)
        yield 2
    except GeneratorExit:
        print('closing')
        raise
    finally:
        print('finally')


running = generator()
print(next(running), running.send('x'), inspect.getgeneratorstate(running))
running.close()
shown(lambda: next(running))


def match(value):
    match value:
        case {'a': int(x), **rest} if x > 1:
            return f'map {x} {rest}'
        case [first, *others]:
            return f'list {first} {others}'
        case str() | bytes() as text:
            return f'text {text!r}'
        case complex(real=r):
            return f'complex {r}'
        case None:
            return 'none'
        case _:
            return 'other'


print([match(value) for value in ({'a': 2, 'b': 3}, {'a': 1}, [1, 2], 'x', 1j, None, 5)])


def typed[T: (int, str)](value: T) -> list[T]:
    return [value]


type Alias[K] = dict[K, int]
print(typed(1), typed.__type_params__, Alias, Alias.__value__, inspect.signature(Child.method), inspect.getdoc(Child.method), inspect.signature(typed), Child.method.__kwdefaults__, Child.__mro__)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    warnings.warn('old', DeprecationWarning)
    warnings.warn('text')
    exec(compile("'\\d'", 'f', 'exec'))
    exec(compile('1 is 1', 'f', 'exec'))
    exec(compile('assert (1, 2)', 'f', 'exec'))
    print([(str(one.message), one.category.__name__) for one in caught])
print(ast.unparse(ast.parse('a  =  [x*2 for x in y if x]  # c\ndef f(a, *, b: int=1): return (yield)')), ast.literal_eval("{'a': [1, (2,)], 'b': None}"), ast.dump(ast.parse('x + 1', mode='eval')))
print(types.SimpleNamespace(a=1), types.MappingProxyType({'a': 1}), (lambda: 0).__code__.co_name, generator.__qualname__, int | str, type(int | str).__name__, isinstance(1, int | str))
print(gc.isenabled(), gc.get_threshold()[0] > 0, gc.collect() >= 0, sys.byteorder, sys.maxsize > 2**31, sys.float_info.max, sys.int_info.default_max_str_digits, sys.implementation.name, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.flags.utf8_mode, sys.version_info[:2], sys.argv, __name__, __file__ == sys.argv[0])
walrus = [y := 5, y**2]
first, *middle, last = range(5)
print(walrus, first, middle, last, *[1, 2], sep='-', end='!\n')
assert True
try:
    assert not walrus, 'assertion text'
except AssertionError as error:
    print(error)
for number in range(3):
    if number == 5:
        break
else:
    print('no break')
print({'a': 1} | {'b': 2}, {1, 2} ^ {2, 3}, [1, 2] * 2, 'ab'[::-1], (1, 2) < (1, 3), [[]] * 2, not [], 1 < 2 < 3, 0 or 'x', ... is Ellipsis, f'{"nested " + f"{1 + 1}"}', f'{"a" "b"!r}', b'\x00\xff', r'\n', 'é' 'è', 10_000, 0x_ff)
