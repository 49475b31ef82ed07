import { serve } from '@hono/node-server';
import { createApp } from './app.js';
import { createStore } from './store/index.js';

const app = createApp(createStore());

serve({ fetch: app.fetch, hostname: '0.0.0.0', port: Number(process.env.PORT ?? 3000) }, ({ port }) => {
  console.log(`Conduit listens on port ${port}`);
});
