// Written by hand. Flaw: listens on 3001; the task wants 3000.
const express = require('express');

const app = express();
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));
app.listen(3001, () => console.log('listening on 3001'));
