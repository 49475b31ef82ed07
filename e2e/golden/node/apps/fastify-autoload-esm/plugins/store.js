import fp from 'fastify-plugin';
export default fp(async (app) => {
  const users = new Map([['1', { id: '1', name: 'Ann' }]]);
  app.decorate('store', { users });
  app.addHook('onClose', async () => console.log('store closed'));
}, { name: 'store' });
