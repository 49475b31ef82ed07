// Written by hand. Flaw: the configuration is not there, and the process exits with 1.
const express = require('express');

const app = express();
if (!process.env.CONDUIT_SECRET_THAT_NOBODY_SETS) {
  throw new Error('CONDUIT_SECRET_THAT_NOBODY_SETS is not set');
}
app.listen(3000);
