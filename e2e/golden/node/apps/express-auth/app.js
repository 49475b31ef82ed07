const express = require('express');
const jwt = require('jsonwebtoken');
const passport = require('passport');
const { Strategy: JwtStrategy, ExtractJwt } = require('passport-jwt');
const { Strategy: LocalStrategy } = require('passport-local');
const bcrypt = require('bcryptjs');
const keys = require('./keys.json');
const app = express();
app.use(express.json());
const users = new Map();
passport.use(new LocalStrategy({ usernameField: 'email' }, (email, password, done) => {
  const user = users.get(email);
  if (!user) return done(null, false, { message: 'unknown' });
  return done(null, bcrypt.compareSync(password, user.hash) && user, { message: 'wrong password' });
}));
passport.use(new JwtStrategy({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'hs', algorithms: ['HS256'] }, (payload, done) => done(null, users.get(payload.sub) ?? false)));
app.use(passport.initialize());
app.post('/register', async (req, res) => {
  users.set(req.body.email, { email: req.body.email, hash: await bcrypt.hash(req.body.password, 4) });
  res.status(201).json({ email: req.body.email, prefix: users.get(req.body.email).hash.slice(0, 7) });
});
app.post('/login', passport.authenticate('local', { session: false }), (req, res) => res.json({ token: jwt.sign({ sub: req.user.email }, 'hs', { noTimestamp: true }) }));
app.get('/me', passport.authenticate('jwt', { session: false }), (req, res) => res.json({ email: req.user.email }));
app.get('/sign/:alg', (req, res) => {
  const { alg } = req.params;
  const key = alg.startsWith('HS') ? 'hs' : alg.startsWith('ES') ? keys.ec : keys.rsa;
  const token = jwt.sign({ a: 1, n: 'ü' }, key, { algorithm: alg, noTimestamp: true, keyid: 'k', issuer: 'me' });
  const pub = alg.startsWith('HS') ? 'hs' : alg.startsWith('ES') ? keys.ecPublic : keys.rsaPublic;
  const deterministic = !/^(ES|PS)/.test(alg);
  res.json({ token: deterministic ? token : token.split('.').map((part) => part.length), payload: jwt.verify(token, pub, { algorithms: [alg], issuer: 'me' }) });
});
app.post('/verify', (req, res) => {
  try {
    const key = req.body.key ? keys[req.body.key] : 'hs';
    res.json(jwt.verify(req.body.token, key, { clockTimestamp: 1700000000, complete: true, ...req.body.options }));
  } catch (error) {
    res.status(401).json({ name: error.name, message: error.message, expiredAt: error.expiredAt, date: error.date });
  }
});
app.get('/decode', (req, res) => res.json(jwt.decode(req.query.token)));
app.listen(process.env.PORT || 3000, () => console.log('up'));
