const express = require('express');
const pinoHttp = require('pino-http');
const pino = require('pino');
const winston = require('winston');
const debug = require('debug')('app:test');
const logger = pino({ level: process.env.LEVEL ?? 'debug', redact: ['req.headers.authorization', 'user.password'], serializers: { user: (user) => ({ ...user, seen: true }) } }, pino.destination({ sync: true }));
const app = express();
let n = 0;
app.use(pinoHttp({ logger, genReqId: () => ++n, customLogLevel: (req, res, error) => (error || res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'warn' : 'info') }));
const wins = winston.createLogger({ level: 'verbose', format: winston.format.combine(winston.format.errors(), winston.format.splat(), winston.format.json()), defaultMeta: { service: 'x' }, transports: [new winston.transports.Console({ stderrLevels: ['error'] })] });
const simple = winston.createLogger({ format: winston.format.combine(winston.format.timestamp(), winston.format.printf(({ level, message, timestamp }) => `${timestamp} [${level}] ${message}`)), transports: [new winston.transports.Console()] });
debug('not shown');
app.get('/pino', (req, res) => {
  req.log.debug({ user: { name: 'u', password: 'p' } }, 'user %o', { a: 1 });
  req.log.child({ mod: 'm' }).trace('hidden');
  res.json({ levels: Object.keys(pino.levels.values) });
});
app.get('/winston', (req, res) => {
  wins.info('hello %s', 'world', { extra: [1] });
  wins.error(new Error('failed'));
  wins.silly('hidden');
  simple.warn('careful');
  res.send('ok');
});
app.get('/fail', () => {
  throw Object.assign(new Error('failed'), { status: 503 });
});
app.use((error, req, res, next) => {
  res.err = Object.assign(error, { stack: 'stack' });
  res.sendStatus(error.status);
});
app.listen(process.env.PORT || 3000, () => logger.info({ port: 'known' }, 'listening'));
process.on('SIGTERM', () => {
  logger.fatal('stopping');
  process.exit(0);
});
