import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// The direction of imports (shared → features → app) is held by src/direction.test.ts.
export default tseslint.config(
  { ignores: ['dist', 'src/shared/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': ['error', { paths: [{ name: '@ant-design/x', message: 'import the single part: @ant-design/x/es/<part>' }] }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
);
