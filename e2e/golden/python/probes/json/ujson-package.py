# install: ujson==6.1.0
import decimal

import ujson


class Json:
    def __json__(self):
        return '{"x":1}'


class Dict:
    def toDict(self):
        return {'y': 2}


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


dumps = ujson.dumps
print(ujson.__version__, ujson.JSONDecodeError.__mro__)
for value in (
    {'a': [1, 2.5, True, None, 'é\u2028\x7f\x00\n"\\/😀']}, {1: 2, None: 3, True: 4, 2.5: 5}, {(1,): 2}, Json(), Dict(), {1, 2}, b'x',
    decimal.Decimal('1.50'), float('nan'), float('inf'), 1e16, 1e-7, 0.1, 1e22, 123456789.123456789, 1.0, -0.0, 2**64, -(2**63) - 1,
    2**200, (1, 2), '\ud800', 1e-5, 1e21, 1e15, 5e-324, range(2), 1j, [], {}, [[], {}],
):
    show(lambda: dumps(value))
for call in (
    lambda: dumps('é/<>&', ensure_ascii=False, escape_forward_slashes=False, encode_html_chars=True),
    lambda: dumps({'b': 1, 'a': 2}, sort_keys=True, indent=2),
    lambda: dumps([], indent=2), lambda: dumps([[], {}], indent=2), lambda: dumps({'a': [1, 2]}, indent=4),
    lambda: dumps(object(), default=str)[:8], lambda: dumps(b'x', reject_bytes=False), lambda: dumps(float('nan'), allow_nan=False),
    lambda: dumps({'a': 1, 'b': 2}, separators=(', ', ': ')), lambda: dumps('\ud800', ensure_ascii=False), lambda: dumps([1, 2], indent=0),
    lambda: ujson.encode(1), lambda: ujson.decode('1'), lambda: ujson.dump(1, 5), lambda: ujson.load(5),
):
    show(call)
for text in ('{"a":1}', b'[1,2.5,-0,-0.0,1e5,true,false,null,"x\\u00e9\\ud83d\\ude00\\n"]', bytearray(b'1'), '', '{', '[1', 'nul', 'NaN', '"a',
             '"\\x"', '"\\ud800"', '1 2', '{"a":1}x', '18446744073709551616', "{'a':1}", '{"a" 1}', '{1:2}', '"\\u12"', 'tru', None, 5, ']', '{"a":}',
             '[,1]', '{,}', '1.5e3', '{"a":1,"a":2}', '[]]', 'n', '{"a":tru}', '[1, x]'):
    show(lambda: ujson.loads(text))
