import { register } from 'node:module';
console.log('registering', register('./hooks-loader.mjs', import.meta.url, { data: { answer: 42 } }));
