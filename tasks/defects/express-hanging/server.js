// Written by hand. Flaw: waits for a database that never comes, and so never listens.
const express = require('express');

const app = express();
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));

console.log('waiting for the database');
const waiting = setInterval(() => {}, 1000);
new Promise(() => {}).then(() => {
  clearInterval(waiting);
  app.listen(3000);
});
