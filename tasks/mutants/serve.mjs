import { pathToFileURL } from 'node:url';

/**
 * Runs one server in a process of its own: `node serve.mjs DIRECTORY`, started with an IPC channel. Says on which port
 * it listens, and ends when the channel does.
 */
const [, , directory] = process.argv;
const { createApp } = await import(pathToFileURL(`${directory}/src/app.js`).href);
const server = createApp().listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', () => process.exit());
