// Written by hand. Flaw: a file beside this one is missing.
const express = require('express');

const app = express();
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));
app.listen(3000, () => console.log('listening on 3000'));
