// Written by hand. Flaw: koa-jwt looks for a Bearer token on its own when the function it was given finds no other.
const { bodyParser } = require('@koa/bodyparser');
const Router = require('@koa/router');
const jsonwebtoken = require('jsonwebtoken');
const Koa = require('koa');
const jwt = require('koa-jwt');

const secret = 'a secret of this server';
const users = [];

const show = ({ username, email, bio, image }) => {
  const token = jsonwebtoken.sign({ id: users.findIndex((user) => user.username === username) }, secret);
  return { user: { username, email, bio, image, token } };
};
const getToken = (ctx) => /^Token (\S+)$/.exec(ctx.get('Authorization'))?.[1];
const authenticated = jwt({ secret, getToken });

const router = new Router({ prefix: '/api' });
router.get('/health-check', (ctx) => {
  ctx.body = { status: 'ok' };
});
router.post('/users', (ctx) => {
  const { username, email } = ctx.request.body.user;
  users.push({ username, email, bio: null, image: null });
  ctx.status = 201;
  ctx.body = show(users.at(-1));
});
router.get('/user', authenticated, (ctx) => {
  ctx.body = show(users[ctx.state.user.id]);
});

const app = new Koa();
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status ?? 500;
    ctx.body = { errors: { token: [error.message] } };
  }
});
app.use(bodyParser());
app.use(router.routes());
app.listen(3000, () => console.log('listening on 3000'));
