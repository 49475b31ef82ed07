const express = require('express');
const path = require('node:path');
const fs = require('node:fs');
for (const name of fs.readdirSync(path.join(__dirname, 'public'))) fs.utimesSync(path.join(__dirname, 'public', name), 1700000000, 1700000000);
const app = express();
app.set('views', path.join(__dirname, 'views'));
app.set('view engine', 'ejs');
app.get('/page', (req, res) => res.render('page', { title: '<T>', items: ['a', 'b & c'], user: req.query.user ?? null }));
app.get('/missing-view', (req, res) => res.render('nope'));
app.get('/broken-view', (req, res) => res.render('broken'));
app.get('/send', (req, res) => res.sendFile('data.txt', { root: path.join(__dirname, 'public'), maxAge: '1d', headers: { 'X-Sent': 'true' } }));
app.get('/send-absolute', (req, res) => res.sendFile(path.join(__dirname, 'public', 'style.css')));
app.get('/send-missing', (req, res) => res.sendFile(path.join(__dirname, 'public', 'nothing')));
app.get('/send-relative', (req, res, next) => {
  try {
    res.sendFile('public/data.txt');
  } catch (error) {
    next(error);
  }
});
app.get('/download', (req, res) => res.download(path.join(__dirname, 'public', 'data.txt'), 'résumé.txt'));
app.use('/strict', express.static(path.join(__dirname, 'public'), { fallthrough: false, index: false, redirect: false, etag: false, lastModified: false, dotfiles: 'deny' }));
app.use('/html', express.static(path.join(__dirname, 'public'), { extensions: ['html'], maxAge: 60000, immutable: true, setHeaders: (res, file) => res.set('X-File', path.basename(file)) }));
app.use(express.static(path.join(__dirname, 'public')));
app.use((err, req, res, next) => res.status(err.status ?? 500).type('txt').send(`${err.code ?? err.name}: ${err.message.split('\n')[0].replaceAll(__dirname, '.')}`));
app.listen(process.env.PORT || 3000, () => console.log('up'));
