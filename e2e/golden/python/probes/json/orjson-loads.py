# install: orjson==3.13.0
import orjson

documents = [
    '{"a":1}', b'[1,2.5,-0,-0.0,1e5,1E+2,true,false,null,"x\\u00e9\\ud83d\\ude00\\n"]', bytearray(b'1'), memoryview(b'2'), '',
    b'', ' ', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '[1,]', '[1', '[', 'nul', 'NaN', 'Infinity', '-', '01',
    '1.', '1e', '.5', '+1', '"a', '"\\x"', '"\\ud800"', '"\t"', '\ufeff1', b'\xef\xbb\xbf1', b'"\xff"', '1 2', '{"a":1}x',
    '18446744073709551615', '18446744073709551616', '-9223372036854775808', '-9223372036854775809', '1e400',
    '123456789012345678901234567890', "{'a':1}", '{a:1}', '[1 2]', '{"a" 1}', '{"a":1 "b":2}', '{1:2}', '"\\u12"', '[[[[',
    'tru', '{"a":1,"a":2}', '  [ 1 , 2 ]\n\t ', '\x00', None, 5, '"é', '"é\\q"', '[1,\n  2,\n  x]', b'"\xc3"', '1.0', '1.5e3',
    '0.1e-5', '- 1', '--1', '1a', '"a" ]', ']', '}', ',', ':', '{"a":}', '[,1]', '{,}', '{"a":1,,}', '"\ud800"',
    '[' * 1024 + ']' * 1024, '[' * 1025 + ']' * 1025, '"\\udc00"', '"\\ud800\\u0041"', '"\\ud800x"', '1.x', '1ex', '1e+', '1e+x',
    '-01', '00', '0x1', '"\\', '"\\u', '"\\u00', '"a\nb"', '{"a":1}\n', 'nulx', 'truE', 'True', 'None', '[1,2', '{"a": [1, {"b": }]}',
    '"\\u0000"', '1e-400', '-1e400', '\u00a01', '[1]\x00', '/* c */ 1', '{"a":1/*', '\'a\'', 'undefined', '0.', '-.5', '1_000',
]
for document in documents:
    try:
        value = orjson.loads(document)
        print(repr(value)[:80])
    except orjson.JSONDecodeError as error:
        print(repr(document)[:30], error.msg, error.pos, error.lineno, error.colno, repr(error.doc)[:30])
    except Exception as error:
        print(repr(document)[:30], type(error).__name__, error)
for call in (lambda: orjson.loads(), lambda: orjson.loads(1, 2), lambda: orjson.loads('x')):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error, isinstance(error, ValueError))
