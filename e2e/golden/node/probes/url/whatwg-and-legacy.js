const url = require('node:url');
const attempt = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
};
for (const text of ['http://User:p%40ss@EXAMPLE.com:8080/a/../b?x=1&y=ü#h', 'https://例え.jp/パス?q=日本', 'file:///C:/x/../y', 'http://[::1]:80/', 'http://1.2.3', 'data:text/plain,hi', 'mailto:a@b.c', 'http://x:99999/', '//no-base', 'http://a b/', 'javascript:alert(1)', 'http://ex.com:443']) {
  console.log(attempt(() => new URL(text)));
}
console.log(attempt(() => new URL('../x?y', 'http://h/a/b/c').href), URL.canParse('x', 'http://a'), URL.canParse('x'));
const target = new URL('http://h/');
target.port = '81';
target.search = 'a=b c';
target.hash = '#é';
target.pathname = '/x y';
target.host = 'other:9';
target.protocol = 'https';
target.username = 'u:';
console.log(String(target), target.origin, JSON.stringify(target));
const params = new URLSearchParams([['a', '1'], ['b', 'x y'], ['a', '2']]);
params.append('ü', '&=');
params.sort();
console.log(params, String(params), params.getAll('a'), params.has('a', '2'), params.size, [...params.keys()]);
params.delete('a', '1');
console.log(String(params), attempt(() => new URLSearchParams([['x']])), attempt(() => params.get()));
console.log(new URLSearchParams({ q: 'a+b', n: 1 }).toString(), new URLSearchParams('?a=%ZZ&b+c=d').toString());
console.log(url.parse('http://u:p@Host:80/p/a?x=1&x=2#f', true));
console.log(url.parse('//h/p', false, true).host, url.parse('/a?b').pathname, attempt(() => url.parse(5)), attempt(() => url.parse('http://a:b:c/')));
console.log(url.format({ protocol: 'http', host: 'a.b', pathname: '/x', query: { a: [1, 2] } }), url.format(new URL('http://ü.x/p?q#h'), { fragment: false, unicode: true }));
console.log(url.resolve('/one/two', '../three'), url.resolve('http://a/b', '//c/d'));
console.log(url.fileURLToPath('file:///a%20b/c'), attempt(() => url.fileURLToPath('http://x')), attempt(() => url.fileURLToPath('file://host/x')), url.pathToFileURL('/a #b?.txt').href);
console.log(url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.domainToASCII('xn--iñvalid.com'), url.urlToHttpOptions(new URL('http://a:b@h:1/p?q')));
