import io
import warnings
warnings.simplefilter("default")
import cgi
import imghdr, sndhdr, uu, xdrlib, telnetlib, pipes, mailcap, cgitb
print(cgi.parse_header('text/html; charset="utf-8"; a=b'))
body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="f"; filename="t.txt"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x--\r\n'
form = cgi.FieldStorage(io.BytesIO(body), environ={'REQUEST_METHOD': 'POST', 'CONTENT_TYPE': 'multipart/form-data; boundary=x', 'CONTENT_LENGTH': str(len(body))})
print(form.getvalue('a'), form['f'].filename, form['f'].file.read())
q = cgi.FieldStorage(environ={'REQUEST_METHOD': 'GET', 'QUERY_STRING': 'a=1&b=2&a=3'})
print(q.getlist('a'), q.getfirst('b'))
print(imghdr.what(None, b'\x89PNG\r\n\x1a\n....'))
out = io.BytesIO(); uu.encode(io.BytesIO(b'hello'), out, 'n'); print(out.getvalue())
p = xdrlib.Packer(); p.pack_int(5); p.pack_string(b'ab'); print(p.get_buffer())
try: telnetlib.Telnet('127.0.0.1', 1)
except OSError as e: print(type(e).__name__, e)
import warnings
for name in 'aifc cgi cgitb chunk imghdr mailcap nntplib pipes sndhdr sunau telnetlib uu xdrlib'.split():
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        try:
            module = __import__(name)
        except ImportError as error:
            print(name, type(error).__name__, error)
            continue
    print(name, [f'{one.category.__name__}: {one.message}' for one in seen], sorted(n for n in vars(module) if n[0] != '_')[:8])
