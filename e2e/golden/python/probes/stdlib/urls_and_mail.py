import email
import email.policy
import http.client
import http.cookies
import ipaddress
import mimetypes
import urllib.error
import urllib.parse as up
import urllib.request
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr, parsedate_to_datetime
from http import HTTPMethod, HTTPStatus

print(up.urlsplit('https://u:p@[::1]:8080/a/b;c?q=1&r#f'), up.urlsplit('//host/path').netloc, up.urlunsplit(('http', 'h', '/p', 'q', '')), up.urljoin('http://a/b/c/d', '../e?x'), up.urljoin('http://a/b', '//c/d'))
print(up.quote('a b/é?&'), up.quote_plus('a b/é', safe='/'), up.unquote('a%20b%C3%A9+%zz'), up.unquote_plus('a+b%2B'), up.urlencode({'a': [1, 2], 'b': 'é x'}, doseq=True), up.parse_qs('a=1&a=2&b=&c', keep_blank_values=True), up.parse_qsl('a=1;b=2&c=%20'), up.urldefrag('x#y'))
for call in [lambda: up.urlsplit('http://[::1').netloc, lambda: up.urlsplit('http://h:99999').port, lambda: up.urlsplit('http://h:x').port, lambda: up.parse_qs('a', strict_parsing=True), lambda: up.parse_qs('&'.join('a=1' for _ in range(5)), max_num_fields=3), lambda: urllib.request.urlopen('nosuch://x'), lambda: urllib.request.urlopen('x'), lambda: urllib.request.urlopen('http://127.0.0.1:9/', timeout=2), lambda: http.client.HTTPConnection('127.0.0.1', 9, timeout=2).request('GET', '/'), lambda: http.client.HTTPConnection('h', 'x'), lambda: http.client.HTTPConnection('h').putrequest('GET', '/a b')]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(urllib.request.urlopen('data:text/plain;base64,aGk=').read(), HTTPStatus(404).phrase, HTTPStatus.IM_A_TEAPOT.description, repr(HTTPStatus.OK), HTTPStatus(422).name, HTTPStatus(413), HTTPMethod.PATCH, [int(status) for status in HTTPStatus][-4:])
try:
    HTTPStatus(299)
except ValueError as error:
    print(error)
message = EmailMessage()
message['Subject'] = 'Grüße an alle'
message['From'] = formataddr(('Zoë', 'z@example.org'))
message['To'] = 'a@example.org, "B, C" <b@example.org>'
message.set_content('plain é\n')
message.add_alternative('<p>é</p>', subtype='html')
message.add_attachment(b'\0\1', maintype='application', subtype='octet-stream', filename='ä.bin')
message.set_boundary('BB')
for part in message.walk():
    if part.is_multipart():
        part.set_boundary(f'B{part.get_content_subtype()}')
print(message.as_string())
parsed = email.message_from_bytes(b'Subject: =?utf-8?q?caf=C3=A9?=\r\nFrom: A <a@b>\r\nContent-Type: text/plain; charset="latin-1"\r\nX: folded\r\n line\r\n\r\nbody \xe9', policy=email.policy.default)
print(parsed['subject'], parsed['from'].addresses, parsed.get_content(), parsed['X'], parsed.get_content_charset(), parsed.defects)
print(parseaddr('Ann <ann@x>'), parsedate_to_datetime('Fri, 01 Mar 2024 10:20:30 +0200'), format_datetime(parsedate_to_datetime('Fri, 01 Mar 2024 10:20:30 GMT'), usegmt=True))
jar = http.cookies.SimpleCookie('a=1; b="x y"; c=%20; $Version=1')
jar['d'] = 'é;,'
jar['d']['max-age'] = 5
jar['d']['samesite'] = 'Lax'
print(jar.output(), jar['b'].value, jar.js_output()[:20])
try:
    jar['bad name'] = 1
except http.cookies.CookieError as error:
    print(error)
print(ipaddress.ip_address('192.0.2.1') in ipaddress.ip_network('192.0.2.0/24'), ipaddress.ip_address('::1').is_loopback, list(ipaddress.ip_network('10.0.0.0/30').hosts()), ipaddress.ip_address('10.1.2.3').is_private, ipaddress.ip_interface('1.2.3.4/8').network, ipaddress.ip_address('2001:db8::1').exploded, ipaddress.ip_address('100.64.0.1').is_private, ipaddress.collapse_addresses([ipaddress.ip_network('0.0.0.0/1')]).__class__.__name__)
for text in ['256.1.1.1', '1.2.3', ':::', '01.2.3.4']:
    try:
        ipaddress.ip_address(text)
    except ValueError as error:
        print(error)
try:
    ipaddress.ip_network('10.0.0.1/24')
except ValueError as error:
    print(error)
print([mimetypes.guess_type(name) for name in ['a.html', 'b.json', 'c.tar.gz', 'd.js', 'e.svg', 'f.webp', 'g.unknown', 'h.css', 'i.mjs', 'j.woff2', 'k.csv', 'l.md', 'm.wasm']], mimetypes.guess_extension('text/plain'))
