exec npx tsx src/app.ts
