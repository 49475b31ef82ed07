"""Syntax newer than Python 3.12 is refused, with its messages."""
sources = [
    't"x"', 'a = t"x{1}"', 'try: pass\nexcept A, B: pass', 'try: pass\nexcept* A, B: pass', 'def f[T = int](): pass',
    'class C[T = int]: pass', 'type X[T = int] = list[T]', 'def f[*T = int](): pass', 'x = rt"a"',
    'def f[T: int = str](): pass', 'try: pass\nexcept A, B as e: pass', 'try:\n  pass\nexcept (A), (B):\n  pass',
    'try:\n  1\nexcept (ValueError, TypeError): pass\nexcept ((OSError), KeyError): pass\n', 'x = (', 'return 2',
    'def f():\n  try: pass\n  finally: return 1', 'print "x"', 'def f(a, a): pass', 'x = 1 if 2', 'for x in range(3)\n  pass',
    'type X = int\nclass A[T]: pass\ndef f[T: int](x: T) -> T: return x', 'a = 5 = b', 'await x', 'yield 1',
]
for source in sources:
    try:
        code = compile(source, 'probe.py', 'exec')
        print('fine', repr(source))
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset, repr(error.text))
