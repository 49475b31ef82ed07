import { fileURLToPath } from 'node:url';
import { ensureSetup } from './setup.mjs';

/** `npm start`: sets up what is missing, then serves the built page. PORT chooses the port (default 4173, or the next free one). */
const firstPort = Number(process.env.PORT ?? 4173);
const tries = process.env.PORT === undefined ? 20 : 1;

try {
  await ensureSetup();
  const { serve } = await import('./serve.mjs');
  const dir = fileURLToPath(new URL('../dist', import.meta.url));
  const { port } = await listen(serve, dir, firstPort, tries);
  console.log(`Constraint Decay Playground: http://localhost:${port}/`);
} catch (error) {
  console.error(`\nThe playground could not be started: ${error.message}`);
  process.exitCode = 1;
}

async function listen(serve, dir, port, left) {
  try {
    return await serve({ dir, port });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (left <= 1) throw new Error(`port ${port} is taken; set PORT to a free one`, { cause: error });
    return listen(serve, dir, port + 1, left - 1);
  }
}
