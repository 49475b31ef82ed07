# install: orjson==3.13.0
import collections
import dataclasses
import datetime
import decimal
import enum
import typing
import uuid
import zoneinfo

import orjson

dumps = orjson.dumps
dt = datetime.datetime
utc = datetime.timezone.utc


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, '|', error, '|', repr(error.__cause__))


class Colour(enum.Enum):
    A = 1
    B = 'x'


class Odd(enum.Enum):
    A = object()


class Number(int):
    pass


class Text(str):
    pass


class Items(list):
    pass


class Table(dict):
    pass


@dataclasses.dataclass
class Point:
    a: int = 1
    _b: int = 2
    c: object = None
    K: typing.ClassVar[int] = 3
    i: dataclasses.InitVar[int] = 5


@dataclasses.dataclass(slots=True)
class Slotted:
    a: int = 1
    b: str = 'x'


Pair = collections.namedtuple('Pair', 'a b')
deep = []
for _ in range(300):
    deep = [deep]
circle = []
circle.append(circle)
keys = {1: 2, None: 1, True: 2, 2.5: 3, Colour.B: 1, uuid.UUID(int=1): 1, dt(2020, 1, 1): 1, datetime.date(2020, 1, 1): 2,
        datetime.time(1): 3}
print({name: getattr(orjson, name) for name in dir(orjson) if name.startswith('OPT')})
print(orjson.JSONEncodeError, orjson.JSONDecodeError.__bases__, orjson.Fragment, orjson.__version__)
for value in (
    {'a': [1, 2.5, True, None, 'é\u2028\x7f\x00\n"\\/']}, {1: 2}, [], {}, (1, 2), {1, 2}, b'x', decimal.Decimal('1'), 1j,
    Colour.A, Odd.A, Number(5), Text('x'), Items([1]), Table(a=1), Pair(1, 2), Point(i=2), Slotted(), uuid.UUID(int=5),
    dt(2020, 1, 2, 3, 4, 5), dt(2020, 1, 2, 3, 4, 5, 600), dt(2020, 1, 2, 3, 4, 5, tzinfo=utc), dt(1, 1, 1),
    dt(2020, 1, 2, 3, 4, 5, 6, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')), datetime.date(900, 1, 2), datetime.time(1, 2, 3, 4),
    datetime.time(1, 2, 3, tzinfo=utc), datetime.timedelta(1),
    dt(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=-5, minutes=-30))),
    2**63 - 1, 2**64 - 1, 2**64, -(2**63), -(2**63) - 1, float('nan'), float('inf'), 1e16, 1e22, 1e-7, 0.1, 1.0, -0.0,
    123456789012345680.0, 1e300, 5e-324, 1e15, 1e-5, -1.5e-5, 0.00001234, 1e-6, 1.7976931348623157e308, 1e17, 1e21, '\ud800',
    {'\ud800': 1}, object(), deep, circle, orjson.Fragment(b'{"a":1}'), [orjson.Fragment('x')], orjson.Fragment(5),
    {Text('k'): 1}, {Colour.A: 1}, {'a': Colour.A, 't': True}, [True, 1], memoryview(b''), type, Colour,
    'xxx\t\r\b\f\x1f\x7f😀', collections.deque(), collections.OrderedDict(a=1), range(2), 'a' * 3, [[[]], {'a': {}}],
):
    show(lambda: dumps(value))
for call in (
    lambda: dumps(keys, option=orjson.OPT_NON_STR_KEYS),
    lambda: dumps({'b': 1, 'a': 2}, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
    lambda: dumps([[], {}, [1], {'a': [1, {'b': 2}]}], option=orjson.OPT_INDENT_2),
    lambda: dumps(dt(2020, 1, 2, 3, 4, 5, tzinfo=utc), option=orjson.OPT_UTC_Z),
    lambda: dumps(dt(2020, 1, 2, 3, 4, 5), option=orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z),
    lambda: dumps(dt(2020, 1, 2, 3, 4, 5, 6), option=orjson.OPT_NAIVE_UTC | orjson.OPT_OMIT_MICROSECONDS),
    lambda: dumps(2**53, option=orjson.OPT_STRICT_INTEGER),
    lambda: dumps(2**53 - 1, option=orjson.OPT_STRICT_INTEGER),
    lambda: dumps(object(), default=str)[:8],
    lambda: dumps(object(), lambda o: 1),
    lambda: dumps(object(), default=lambda o: o),
    lambda: dumps(object(), default=lambda o: {1: 2}),
    lambda: dumps({1, 2}, default=list),
    lambda: dumps([{1}], default=lambda o: 1 / 0),
    lambda: dumps(1, option=99999999),
    lambda: dumps(1, option='x'),
    lambda: dumps(),
    lambda: dumps(1, None, None),
    lambda: dumps(1, foo=2),
    lambda: dumps(1, default=None, option=0),
    lambda: dumps(Text('x'), option=orjson.OPT_PASSTHROUGH_SUBCLASS),
    lambda: dumps(Point(), option=orjson.OPT_PASSTHROUGH_DATACLASS),
    lambda: dumps(dt(2020, 1, 1), option=orjson.OPT_PASSTHROUGH_DATETIME),
    lambda: dumps(Table(), option=orjson.OPT_PASSTHROUGH_SUBCLASS, default=lambda o: 'D'),
    lambda: orjson.Fragment(),
    lambda: dumps({Text('k'): 1}, option=orjson.OPT_NON_STR_KEYS),
    lambda: dumps({(1,): 1}, option=orjson.OPT_NON_STR_KEYS),
    lambda: dumps({'a': 1, 1: 2}, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS),
    lambda: dumps({2**70: 1}, option=orjson.OPT_NON_STR_KEYS),
    lambda: dumps({float('nan'): 1}, option=orjson.OPT_NON_STR_KEYS),
):
    show(call)
