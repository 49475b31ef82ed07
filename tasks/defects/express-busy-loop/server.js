// Written by hand. Flaw: an endless loop before it listens.
const express = require('express');

const app = express();
console.log('preparing');
let prepared = 0;
while (prepared < 1) prepared = Math.min(prepared, 0);
app.listen(3000);
