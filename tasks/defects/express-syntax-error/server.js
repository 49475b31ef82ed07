// Written by hand. Flaw: a bracket is missing in line 5.
const express = require('express');

const app = express();
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' });
app.listen(3000);
