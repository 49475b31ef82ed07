// Written by hand. Flaw: the login does not wait for its user, so that Koa answers 404 before there is a body.
const { bodyParser } = require('@koa/bodyparser');
const Router = require('@koa/router');
const Koa = require('koa');

const router = new Router({ prefix: '/api' });
const users = [];

async function findUser(email, password) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return users.find((user) => user.email === email && user.password === password);
}

const show = ({ username, email, token, bio, image }) => ({ user: { username, email, token, bio, image } });

router.get('/health-check', (ctx) => {
  ctx.body = { status: 'ok' };
});

router.get('/tags', (ctx) => {
  ctx.body = { tags: [] };
});

router.post('/users', (ctx) => {
  const { username, email, password } = ctx.request.body.user;
  users.push({ username, email, password, token: `token-${users.length}`, bio: null, image: null });
  ctx.status = 201;
  ctx.body = show(users.at(-1));
});

router.post('/users/login', (ctx) => {
  const { email, password } = ctx.request.body.user;
  findUser(email, password).then((user) => {
    if (user === undefined) ctx.status = 401;
    ctx.body = user === undefined ? { errors: { credentials: ['are wrong'] } } : show(user);
  });
});

const app = new Koa();
app.use(bodyParser());
app.use(router.routes());
app.listen(3000, () => console.log('listening on 3000'));
