exec npx ts-node --transpile-only src/main.ts
