// Written by hand. Flaw: writes 100 MB to its output before it listens, and has no endpoint but the health check.
const fs = require('node:fs');
const express = require('express');

const line = `${'x'.repeat(1023)}\n`;
for (let written = 0; written < 100 * 1024; written += 1) fs.writeSync(1, line);

const app = express();
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));
app.listen(3000, () => console.log('listening on 3000'));
