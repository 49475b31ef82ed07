// Written by hand. Flaw: nobody waits for the welcome mail, and its failure ends the process: Koa only sees what it awaits.
const { bodyParser } = require('@koa/bodyparser');
const Router = require('@koa/router');
const Koa = require('koa');

const app = new Koa();
const router = new Router({ prefix: '/api' });
const users = [];

async function sendWelcome({ email }) {
  const delivered = await Promise.resolve(users.length < 3);
  if (!delivered) throw new Error(`no mail server for ${email.split('@')[1]}`);
}

router.get('/health-check', (ctx) => {
  ctx.body = { status: 'ok' };
});

router.post('/users', async (ctx) => {
  const { username, email } = ctx.request.body.user;
  const user = { username, email, token: `token-${users.length}`, bio: null, image: null };
  users.push(user);
  sendWelcome(user);
  ctx.status = 201;
  ctx.body = { user };
});

app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    ctx.status = error.status ?? 500;
    ctx.body = { errors: { server: [error.message] } };
  }
});
app.use(bodyParser());
app.use(router.routes());
app.listen(3000, () => console.log('listening on 3000'));
