const express = require('express');
const multer = require('multer');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const app = express();
const memory = multer({ storage: multer.memoryStorage(), limits: { fileSize: 50, files: 2, fields: 2 } });
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'up-'));
let n = 0;
const disk = multer({
  storage: multer.diskStorage({ destination: dir, filename: (req, file, done) => done(null, `${++n}-${file.originalname}`) }),
  fileFilter: (req, file, done) => done(null, file.mimetype.startsWith('text/')),
});
const show = (file) => file && { field: file.fieldname, name: file.originalname, type: file.mimetype, encoding: file.encoding, size: file.size, text: file.buffer?.toString(), filename: file.filename };
app.post('/single', memory.single('file'), (req, res) => res.json({ body: req.body, file: show(req.file) ?? null }));
app.post('/many', memory.array('files', 2), (req, res) => res.json({ body: req.body, files: req.files.map(show) }));
app.post('/none', memory.none(), (req, res) => res.json(req.body));
app.post('/fields', memory.fields([{ name: 'a', maxCount: 1 }, { name: 'b' }]), (req, res) => res.json(Object.fromEntries(Object.entries(req.files).map(([k, v]) => [k, v.map(show)]))));
app.post('/disk', disk.any(), (req, res) => res.json({ files: req.files.map(show), on: fs.readdirSync(dir), text: req.files.map((f) => fs.readFileSync(f.path, 'utf8')) }));
app.use((err, req, res, next) => res.status(err instanceof multer.MulterError ? 400 : 500).json({ name: err.name, code: err.code, field: err.field, message: err.message }));
app.listen(process.env.PORT || 3000, () => console.log('up'));
