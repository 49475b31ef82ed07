exec node app.js
