import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/**
 * Arrows of the architecture: a folder may import from the folders named here, and from itself. Type-only imports of
 * the engine interface are everywhere allowed through `engines`.
 */
const arrows = {
  'src/domain': [],
  verifiers: ['domain', 'tasks'],
  tasks: ['domain', 'engines'],
  'src/sandbox': ['domain', 'engines'],
  'src/engines': ['domain', 'sandbox'],
  'src/postman': ['domain', 'engines', 'sandbox', 'tasks'],
  'src/evaluate': ['domain', 'engines', 'verifiers', 'tasks', 'postman'],
  // Paths of a model's files are checked as those of any import.
  'src/generate': ['domain', 'engines', 'verifiers', 'tasks', 'share'],
  'src/report': ['domain', 'verifiers', 'tasks'],
  'src/store': ['domain'],
  'src/share': ['domain', 'engines', 'tasks'],
  'src/ui': [
    'domain',
    'engines',
    'verifiers',
    'tasks',
    'postman',
    'evaluate',
    'generate',
    'report',
    'store',
    'share',
  ],
};
const places = [
  'domain',
  'sandbox',
  'engines',
  'verifiers',
  'tasks',
  'postman',
  'evaluate',
  'generate',
  'report',
  'store',
  'share',
  'ui',
  'cli',
  'harness',
];

const direction = Object.entries(arrows).map(([folder, allowed]) => {
  const own = folder.split('/').at(-1);
  const forbidden = places.filter((place) => place !== own && !allowed.includes(place));
  return {
    files: [`${folder}/**/*.{ts,svelte}`],
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(src/)?(${forbidden.join('|')})(/|$)`,
              message: `${folder} may import from ${allowed.join(', ') || 'nothing'} only: arrows point one way (docs/architecture.md).`,
            },
          ],
        },
      ],
    },
  };
});

export default ts.config(
  {
    ignores: [
      'dist',
      'dist-cli',
      '.cache',
      'public/engines',
      'public/store',
      'tasks/references/*/**',
      'tasks/defects/*/**',
      'e2e/golden/*/{probes,apps}/**',
      '**/fixtures/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-restricted-syntax': ['error', { selector: 'TSEnumDeclaration', message: 'Use a const object.' }],
      // Request objects of Node's bindings are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.ts'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'] } },
  },
  ...direction,
);
