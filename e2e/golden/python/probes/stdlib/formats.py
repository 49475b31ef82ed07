import base64
import binascii
import bz2
import configparser
import csv
import gzip
import html.parser
import io
import json
import lzma
import plistlib
import quopri
import tarfile
import tomllib
import uuid
import zipfile
import zlib
import xml.dom.minidom
import xml.etree.ElementTree as ET

print(json.dumps({'b': 1, 'a': [1.0, None, True, 'é', float('inf')], 2: 'k'}), json.dumps({'é': 1}, ensure_ascii=False, indent=2, sort_keys=True), json.dumps([1, 2], separators=(',', ':')), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list))
for text in ['', '{', '[1,]', '{"a" 1}', "{'a': 1}", '{"a": 1,}', '"\n"', '[1] x', 'nul', '"\\x"', '{"a": 01}', '[' * 3]:
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(repr(text), error)
for value in [{1, 2}, b'x', object, {(1,): 2}, 1j]:
    try:
        print(json.dumps(value))
    except TypeError as error:
        print(error)
try:
    json.dumps(float('nan'), allow_nan=False)
except ValueError as error:
    print(error)
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as error:
    print(error)
out = io.StringIO()
writer = csv.DictWriter(out, ['a', 'b'], quoting=csv.QUOTE_NONNUMERIC, lineterminator='\n')
writer.writeheader()
writer.writerow({'a': 'x,"y"', 'b': 2})
print(out.getvalue(), list(csv.reader(['a;"b;c"', '1;2'], delimiter=';')), csv.Sniffer().sniff('a\tb\n1\t2\n').delimiter, list(csv.DictReader(['a,b', '1,2,3', '4'])))
for call in [lambda: writer.writerow({'c': 1}), lambda: list(csv.reader(['a\0b', '"x'], strict=True)), lambda: csv.reader([], delimiter='ab')]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
config = configparser.ConfigParser()
config.read_string('[DEFAULT]\nroot = /x\n[a]\npath = %(root)s/y\nflag = yes\nn = 5\n; comment\nlong = 1\n  2\n')
print(config.sections(), config['a']['path'], config.getboolean('a', 'flag'), config.getint('a', 'n'), repr(config['a']['long']), config.get('a', 'none', fallback='f'))
for text in ['x', '[a]\nb\n', '[a]\n[a]', '[a]\nk=1\nk=2']:
    try:
        configparser.ConfigParser().read_string(text)
    except configparser.Error as error:
        print(type(error).__name__, str(error).replace('\n', '|'))
print(tomllib.loads('a = 1\n[t]\nd = 2024-01-02T03:04:05Z\nl = [1.5, "x"]\n[[u]]\nk = true\n'))
try:
    tomllib.loads('a = ')
except tomllib.TOMLDecodeError as error:
    print(error)
data = b'hello hello hello ' * 20
print(zlib.crc32(data), zlib.adler32(data), len(zlib.compress(data, 9)), zlib.decompress(zlib.compress(data)) == data, gzip.decompress(gzip.compress(data, mtime=0)) == data, bz2.decompress(bz2.compress(data)) == data, lzma.decompress(lzma.compress(data)) == data, zlib.compress(b'abc').hex(), bz2.compress(b'abc').hex(), lzma.compress(b'abc', lzma.FORMAT_ALONE).hex(), gzip.compress(b'abc', mtime=0).hex())
for call in [lambda: zlib.decompress(b'x'), lambda: gzip.decompress(b'xx'), lambda: bz2.decompress(b'xx'), lambda: lzma.decompress(b'xx'), lambda: zlib.decompress(zlib.compress(data)[:-3]), lambda: gzip.decompress(gzip.compress(data)[:-4]), lambda: base64.b64decode('a'), lambda: base64.b64decode('é'), lambda: base64.b32decode('a'), lambda: binascii.unhexlify('abc'), lambda: bytes.fromhex('zz'), lambda: base64.b64decode('YQ=!', validate=True)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(base64.b64encode(b'\xfb\xff'), base64.urlsafe_b64encode(b'\xfb\xff'), base64.b85encode(b'hello'), base64.a85encode(b'hello'), base64.b32encode(b'hi'), base64.b16encode(b'\xab'), binascii.hexlify(b'ab', '-'), quopri.encodestring('é=a'.encode()), binascii.crc_hqx(b'a', 0))
archive = io.BytesIO()
with zipfile.ZipFile(archive, 'w', zipfile.ZIP_DEFLATED) as file:
    file.writestr(zipfile.ZipInfo('a.txt', (2024, 1, 2, 3, 4, 6)), 'text')
    file.writestr('dir/é.txt', b'x' * 50)
with zipfile.ZipFile(archive) as file:
    print(file.namelist(), file.read('a.txt'), file.getinfo('a.txt'), file.testzip(), zipfile.Path(file, 'dir/').name, zipfile.is_zipfile(archive))
    try:
        file.read('none')
    except KeyError as error:
        print(error)
try:
    zipfile.ZipFile(io.BytesIO(b'no'))
except zipfile.BadZipFile as error:
    print(error)
archive = io.BytesIO()
with tarfile.open(fileobj=archive, mode='w:gz') as tar:
    info = tarfile.TarInfo('a/b.txt')
    info.size = 3
    tar.addfile(info, io.BytesIO(b'abc'))
    info = tarfile.TarInfo('../escaped.txt')
    tar.addfile(info)
archive.seek(0)
with tarfile.open(fileobj=archive) as tar:
    print(tar.getnames(), tar.extractfile('a/b.txt').read(), oct(tar.getmember('a/b.txt').mode))
    try:
        tar.extractall('out', filter='data')
    except tarfile.FilterError as error:
        print(type(error).__name__)
tree = ET.fromstring('<a x="1"><b>t</b>tail<c xmlns="urn:n" y="&lt;é"/></a>')
print(ET.tostring(tree), ET.tostring(tree, 'unicode', short_empty_elements=False), [element.tag for element in tree.iter()], tree.find('b').text, tree.findall('{urn:n}c')[0].attrib, tree.findtext('none', 'd'))
ET.indent(tree)
print(ET.tostring(tree, encoding='unicode', xml_declaration=True), xml.dom.minidom.parseString('<r><s/></r>').toprettyxml(indent=' '))
for text in ['<a>', '<a></b>', '', '<a>&x;</a>', '<a b=c/>']:
    try:
        ET.fromstring(text)
    except ET.ParseError as error:
        print(error, error.code)


class Parser(html.parser.HTMLParser):
    def handle_starttag(self, tag, attributes):
        print('start', tag, attributes)

    def handle_data(self, data):
        print('data', repr(data))

    def handle_comment(self, data):
        print('comment', data)


Parser().feed('<p class=x>a &amp; b<br/><!-- c --><A HREF="?q=1&amp;r">l</a></p>')
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'example.org'), uuid.uuid3(uuid.NAMESPACE_URL, 'x'), repr(uuid.UUID(int=5)), uuid.UUID('{12345678-1234-5678-1234-567812345678}').version, uuid.uuid4().version, uuid.UUID(bytes=b'\x00' * 16).hex, uuid.uuid4().variant)
try:
    uuid.UUID('nope')
except ValueError as error:
    print(error)
print(plistlib.dumps({'a': 1, 'b': [True, b'x']}).decode())
