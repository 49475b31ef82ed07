import codecs
import difflib
import fnmatch
import html
import locale
import re
import shlex
import string
import textwrap
import unicodedata

print(re.findall(r'(\w+)@(\w+)\.(?:com|org)', 'a@b.com, c@d.org e@f.net'), re.sub(r'(?P<y>\d{4})-(?P<m>\d\d)', r'\g<m>/\g<y>', 'on 2024-05'), re.split(r'([,;])\s*', 'a, b;c'))
print(re.fullmatch(r'[\d\-]+', '1-2'), re.match('(?i)ABC', 'abcd').span(), re.search(r'(?<=a)b(?!c)', 'abc abd').start(), re.sub('x*', '-', 'abxd'), re.escape('a.b*c d'))
for pattern in ['(', '[a', 'a**', r'\g', '(?P<1>x)', '(?<=a+)b', r'\1', '(?z)']:
    try:
        re.compile(pattern)
        print('compiled', pattern)
    except re.error as error:
        print(error, error.pos)
print([match.groupdict() for match in re.finditer(r'(?P<k>\w)=(?P<v>\d)?', 'a=1 b=')], re.compile('a', re.I | re.X), re.subn('a', 'b', 'aaa', count=2))
print('ß'.upper(), 'İ'.lower().encode(), 'ǆ'.title(), 'Straße'.casefold(), 'ab\tc'.expandtabs(4), 'x'.center(5, '*'), '%s %r %5.2f %x' % ('é', 'é', 3.14159, 255), 'a,b,,c'.split(','), ' a  b '.split(), 'abc'.partition('b'))
print('{0!r:>8}|{name:^7}|{1[0]}|{2.real}'.format('a', [1], 3, name='n'), '{:{}}'.format('x', '>4'), f'{"q"!a:<5}|', f'{1 + 1 = }', string.Template('$a ${b} $$').substitute(a=1, b=2), string.Template('$x').safe_substitute())
for call in [lambda: '{} {}'.format(1), lambda: '{a}'.format(b=1), lambda: '%d' % 'x', lambda: 'abc'.index('z'), lambda: b'\xff'.decode(), lambda: 'é'.encode('ascii'), lambda: '\ud800'.encode(), lambda: string.Template('$x').substitute(), lambda: 'a' + 1, lambda: ' '.join([1]), lambda: f'{3:z}', lambda: b'a' + 'a', lambda: bytes([256]), lambda: chr(0x110000), lambda: 'x'.encode('no-such-codec')]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(unicodedata.normalize('NFD', 'é').encode('unicode_escape'), unicodedata.name('€'), unicodedata.category('a'), unicodedata.lookup('SNOWMAN'), unicodedata.east_asian_width('漢'), unicodedata.numeric('½'), unicodedata.bidirectional('א'))
print('été'.encode('latin-1'), 'x'.encode('utf-16'), 'é'.encode('cp1252'), b'\x93'.decode('cp1252'), codecs.encode('hello', 'rot13'), 'münchen'.encode('idna'), 'bücher'.encode('punycode'), b'caf\xe9'.decode('utf-8', 'replace'), 'aé€'.encode('ascii', 'xmlcharrefreplace'), 'é'.encode('ascii', 'namereplace'), b'\x80'.decode('ascii', 'surrogateescape').encode('utf-8', 'surrogateescape'))
for name in ['shift_jis', 'gb18030', 'big5', 'euc_kr', 'koi8_r', 'utf_7', 'utf_8_sig', 'mac_roman', 'iso8859_15']:
    print(name, codecs.lookup(name).name, '日本'.encode(name, 'replace'))
print(textwrap.wrap('the quick brown fox jumps over the lazy dog', 15), textwrap.shorten('hello world again', 12), textwrap.dedent('  a\n    b\n'), textwrap.indent('x\ny', '> '), textwrap.fill('a b c', 3))
print(html.escape('<a href="x">&\'</a>'), html.unescape('&lt;&eacute;&#x41;&#65;&nosuch;&amp;'), shlex.split('a "b c" d\\ e'), shlex.quote("it's"), shlex.join(['a b', 'c']), fnmatch.filter(['a.py', 'b.txt'], '*.py'), fnmatch.translate('a*[!b]?'))
print('\n'.join(difflib.unified_diff(['a', 'b'], ['a', 'c'], 'old', 'new', lineterm='')), difflib.get_close_matches('appel', ['ape', 'apple', 'peach']), difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio())
print(locale.getlocale(), locale.setlocale(locale.LC_CTYPE), locale.localeconv()['decimal_point'], locale.getpreferredencoding(), string.punctuation, string.capwords('a b-c'))
print('a\u2028b\x0bc\r\nd'.splitlines(), 'abc'.translate(str.maketrans({'a': '1', 'b': None})), 'Hello'.swapcase(), '٣'.isdecimal(), '²'.isdigit(), 'a1_'.isidentifier(), ascii('é😀'), 'ﬁ'.isprintable(), 'x'.zfill(3), '-5'.zfill(4), 'prefix-x'.removeprefix('prefix-'))
