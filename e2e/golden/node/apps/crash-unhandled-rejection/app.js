const express = require('express');
const app = express();
app.get('/ok', (req, res) => res.send('ok'));
app.get('/crash', async (req, res) => {
  const user = await Promise.resolve(null);
  res.json({ name: user.name });
});
process.on('exit', (code) => console.log('exit with', code));
app.listen(process.env.PORT || 3000, () => console.log('up'));
