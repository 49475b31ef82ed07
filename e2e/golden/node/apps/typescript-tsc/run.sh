npx tsc && exec node dist/app.js
