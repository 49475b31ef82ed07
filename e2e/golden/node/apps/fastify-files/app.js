const path = require('node:path');
const fs = require('node:fs');
for (const name of ['index.html', 'data.txt']) fs.utimesSync(path.join(__dirname, 'public', name), 1700000000, 1700000000);
const fastify = require('fastify')();
fastify.register(require('@fastify/static'), { root: path.join(__dirname, 'public'), prefix: '/public/', index: ['index.html'], list: false, cacheControl: true, maxAge: 5000 });
fastify.register(require('@fastify/multipart'), { limits: { fileSize: 20, files: 2 } });
fastify.register(require('@fastify/compress'), { global: true, threshold: 100 });
fastify.get('/send', (request, reply) => reply.sendFile('data.txt'));
fastify.get('/download', (request, reply) => reply.download('data.txt', 'other.txt'));
fastify.get('/long', async () => ({ text: 'word '.repeat(100) }));
fastify.post('/upload', async (request) => {
  const parts = [];
  for await (const part of request.parts()) {
    if (part.type === 'file') parts.push({ field: part.fieldname, file: part.filename, mime: part.mimetype, text: (await part.toBuffer()).toString() });
    else parts.push({ field: part.fieldname, value: part.value });
  }
  return parts;
});
fastify.post('/one', async (request) => {
  const file = await request.file();
  return { name: file.filename, fields: Object.keys(file.fields), size: (await file.toBuffer()).length };
});
fastify.listen({ port: Number(process.env.PORT) || 3000 }).then(() => console.log('up'));
