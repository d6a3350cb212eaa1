import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Log text is hostile: it reaches the page's DOM as text only. */
const HTML_SINKS = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'];

export default defineConfig(
  { ignores: ['out/', 'test/cases/', 'scripts/sample/', '**/*.d.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // `noUncheckedIndexedAccess` makes every read of a typed array `number | undefined`; the cast says "in range".
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['scripts/**/*.ts', 'public/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='TextDecoder'][arguments.length=0]",
          message: 'It drops a leading U+FEFF, which is part of the value: use shared/utf8.ts.',
        },
      ],
    },
  },
  {
    files: ['public/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...HTML_SINKS.map((property) => ({ property, message: 'Log text reaches the DOM by textContent only.' })),
        { object: 'document', property: 'write', message: 'Log text reaches the DOM by textContent only.' },
        { object: 'document', property: 'writeln', message: 'Log text reaches the DOM by textContent only.' },
      ],
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    // Vitest types its matchers (`expect.stringContaining`) as any.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);
