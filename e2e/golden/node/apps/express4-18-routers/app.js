const express = require('express');
const app = express();
app.disable('x-powered-by');
app.enable('strict routing');
app.enable('case sensitive routing');
app.set('etag', 'strong');
app.set('query parser', 'simple');
app.set('trust proxy', 1);
const log = [];
app.use((req, res, next) => {
  log.push(`${req.method} ${req.originalUrl}`);
  res.locals.start = log.length;
  next();
});
const admin = express();
admin.get('/', (req, res) => res.send(`${req.baseUrl} ${admin.mountpath}`));
admin.use('/deep', express.Router().get('/:x(\\d+)', (req, res) => res.json({ ...req.params, base: req.baseUrl })));
app.use(['/admin', '/manage'], admin);
app.get('/chain', (req, res, next) => next(), [(req, res, next) => next('route'), (req, res) => res.send('skipped')]);
app.get('/chain', (req, res) => res.send('second'));
const guarded = express.Router();
guarded.use((req, res, next) => (req.get('authorization') ? next() : next('router')));
guarded.get('/', (req, res) => res.send('inside'));
app.use('/guarded', guarded, (req, res) => res.status(401).set('WWW-Authenticate', 'Basic realm="x"').end());
app.get('/Case', (req, res) => res.send('case'));
app.get('/strict/', (req, res) => res.send('strict'));
app.get('/from-:a-to-:b', (req, res) => res.json(req.params));
app.get('/ab?cd', (req, res) => res.send('ab?cd'));
app.get('/proxy', (req, res) => res.json({ ip: req.ip, ips: req.ips, protocol: req.protocol, secure: req.secure, subdomains: req.subdomains, host: req.hostname }));
app.get('/accepts', (req, res) => res.json([req.accepts(['json', 'html']), req.acceptsLanguages('de', 'en'), req.acceptsEncodings('gzip', 'br'), req.acceptsCharsets('utf-8')]));
app.get('/range', (req, res) => res.json(req.range(1000) ?? null));
app.get('/double', (req, res) => {
  res.send('once');
  try {
    res.send('twice');
  } catch (error) {
    console.log(error.code, error.message);
  }
});
app.get('/status', (req, res) => res.sendStatus(Number(req.query.code)));
app.get('/late', (req, res, next) => {
  res.write('begun ');
  setTimeout(() => next(new Error('late')), 5);
});
app.get('/log', (req, res) => res.json(log.length));
app.listen(process.env.PORT || 3000);
