exec npx tsx app.ts
