exec npx ts-node src/app.ts
