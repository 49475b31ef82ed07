import random
import secrets
import ssl
import uuid

print([name for name in dir(ssl) if name.startswith('HAS_')], [getattr(ssl, name) for name in dir(ssl) if name.startswith('HAS_')])
print(ssl.OPENSSL_VERSION.split()[:1], ssl.OPENSSL_VERSION_INFO[0])
print(ssl.Purpose.SERVER_AUTH, ssl.Purpose.CLIENT_AUTH)
c = ssl.create_default_context()
print(c.protocol, c.verify_mode, c.check_hostname, c.minimum_version, c.maximum_version, c.verify_flags, type(c))
print(c.post_handshake_auth, c.hostname_checks_common_name, c.security_level, c.num_tickets, c.sni_callback, c.keylog_filename)
print(c.options)
s = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
print(s.protocol, s.verify_mode, s.check_hostname, s.options)
u = ssl._create_unverified_context()
print(u.verify_mode, u.check_hostname)
p = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
p.check_hostname = False
p.verify_mode = ssl.CERT_NONE
p.minimum_version = ssl.TLSVersion.TLSv1_3
p.options |= ssl.OP_NO_TICKET
p.set_alpn_protocols(['h2', 'http/1.1'])
p.set_ciphers('ECDHE+AESGCM')
print(p.verify_mode, p.minimum_version, bool(p.options & ssl.OP_NO_TICKET), p.cert_store_stats())


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


def check(context, name, value):
    setattr(context, name, value)


show(lambda: check(c, 'verify_mode', ssl.CERT_NONE))
show(lambda: check(c, 'verify_mode', 7))
show(lambda: check(u, 'check_hostname', True))
print(u.verify_mode)
show(lambda: s.load_cert_chain('no-such.pem'))
show(lambda: c.load_verify_locations('no-such.pem'))
show(lambda: c.load_verify_locations())
show(lambda: p.set_ciphers('nonsense'))
show(lambda: p.set_alpn_protocols(['']))
show(lambda: ssl.SSLContext(99))
print(issubclass(ssl.SSLError, OSError), issubclass(ssl.CertificateError, ssl.SSLError), issubclass(ssl.SSLCertVerificationError, ValueError),
      issubclass(ssl.SSLWantReadError, ssl.SSLError), ssl.socket_error is OSError)
print(ssl.cert_time_to_seconds('Jan  5 09:34:43 2018 GMT'), ssl.RAND_status(), len(ssl.RAND_bytes(5)))
print(ssl.get_protocol_name(ssl.PROTOCOL_TLS_CLIENT), ssl.PROTOCOL_TLS_SERVER, ssl.TLSVersion.TLSv1_2, ssl.CERT_REQUIRED)
print(ssl.DER_cert_to_PEM_cert(b'abc'), ssl.PEM_cert_to_DER_cert(ssl.DER_cert_to_PEM_cert(b'abc')))
b = ssl.MemoryBIO()
print(b.write(b'abc'), b.pending, b.read(2), b.eof, b.read(), b.write_eof(), b.eof)
print(len(secrets.token_hex(8)), len(secrets.token_urlsafe(16)), secrets.compare_digest('a', 'a'), 0 <= secrets.randbelow(5) < 5)
print(uuid.uuid5(uuid.NAMESPACE_DNS, 'a'), uuid.uuid3(uuid.NAMESPACE_URL, 'b'), uuid.uuid4().version, uuid.uuid1().version)
random.seed(5)
print(random.random(), random.randint(1, 100), random.sample(range(10), 3), random.SystemRandom().random() < 1)
show(lambda: ssl.wrap_socket)
