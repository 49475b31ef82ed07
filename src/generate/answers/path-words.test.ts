import { expect, it } from 'vitest';
import { parseAnswer } from './index.ts';

it.each([
  '### __init__.py\n```python\nx\n```\n',
  '**__init__.py**\n```python\nx\n```\n',
  '`__init__.py`:\n```python\nx\n```\n',
  '2. __init__.py\n```python\nx\n```\n',
  '```python __init__.py\nx\n```\n',
  '=== __init__.py ===\nx\n',
])('keeps the underscores of a name: %j', (text) => {
  expect(parseAnswer(text).files).toEqual({ '__init__.py': 'x\n' });
});

it.each([
  ['_config.yml\n```yaml\nx\n```\n', '_config.yml'],
  ['// __tests__/a.test.js\nx\n', '__tests__/a.test.js'],
  ['__src/server.js__\n```js\nx\n```\n', 'src/server.js'],
  ['_server.js_:\n```js\nx\n```\n', 'server.js'],
  ['__File:__ _server.js_\n```js\nx\n```\n', 'server.js'],
])('tells them from those of emphasis: %j', (text, path) => {
  const fenced = text.startsWith('//') ? `\`\`\`js\n${text}\`\`\`\n` : text;
  expect(Object.keys(parseAnswer(fenced).files)).toEqual([path]);
});
