const http = require('node:http');
const first = http.createServer((req, res) => {
  res.end('first');
  if (req.url === '/again') http.createServer().listen(first.address().port);
});
first.listen(process.env.PORT || 3000, () => console.log('up'));
