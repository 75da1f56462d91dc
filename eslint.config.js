import tseslint from 'typescript-eslint'

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config.ts reads the environment; take what you need from Config.',
}

export default tseslint.config(
  { ignores: ['node_modules', 'var', 'public/vendor'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', environment],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Express 5 waits for the promise a handler returns.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Interfaces are written with methods and made with functions: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // It judges by what the receiver takes, and would remove assertions that say what a row or a body is.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // An async function without await keeps one signature for a family (migrations, finders).
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['src/config.ts', 'test/**/*.ts', 'vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/platform/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  {
    // Bodies of responses and rows of raw SQL have no type in a test.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
)
