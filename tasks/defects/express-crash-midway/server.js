// Written by hand. Flaw: the second registration ends the process by an unhandled rejection.
const express = require('express');

const app = express();
const users = [];

app.use(express.json());
app.get('/api/health-check', (req, res) => res.json({ status: 'ok' }));

app.post('/api/users', (req, res) => {
  const { username, email } = req.body.user;
  users.push({ username, email });
  if (users.length > 1) Promise.reject(new Error('the database connection was lost'));
  res.status(201).json({ user: { username, email, token: 'token', bio: null, image: null } });
});

app.listen(3000, () => console.log('listening on 3000'));
