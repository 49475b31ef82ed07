const dns = require('node:dns');
const { promises } = dns;
const show = (name) => (error, ...rest) => console.log(name, error ? [error.code, error.syscall, error.hostname, error.message] : rest);
dns.lookup('localhost', { family: 4 }, show('lookup'));
dns.lookup('127.0.0.1', { all: true }, show('all'));
dns.lookup('::1', show('v6'));
dns.lookup('', show('empty'));
setTimeout(async () => {
  console.log(await promises.lookup('127.0.0.1'), dns.getDefaultResultOrder());
  for (const f of [() => dns.lookup(5, () => {}), () => dns.lookup('x'), () => dns.lookup('x', { family: 5 }, () => {}), () => dns.setServers(['bad address']), () => dns.resolve('x', 'NOPE', () => {}), () => dns.setDefaultResultOrder('x')]) {
    try {
      f();
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }
  }
  console.log(dns.NOTFOUND, dns.ADDRCONFIG, Object.keys(promises).length > 10, typeof dns.Resolver);
}, 300);
