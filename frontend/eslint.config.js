import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Imports run one way: shared → features → app. A feature may use another feature's requests, never its screens.
const features = ['account', 'auth', 'chat', 'hall', 'lesson', 'records', 'scorecard'];

const zones = [
  { target: './src/shared', from: ['./src/features', './src/app'], message: 'shared knows neither features nor the app' },
  { target: './src/features', from: './src/app', message: 'a feature does not know the app' },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`, ...features.map((other) => `./${other}/api`)],
    message: 'features meet in the app, or through requests',
  })),
];

export default tseslint.config(
  { ignores: ['dist', 'src/shared/api/schema.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': ['error', { maxDepth: 6 }],
      'import-x/order': ['error', { groups: [['builtin', 'external'], 'parent', 'sibling'], alphabetize: { order: 'asc' } }],
      'no-restricted-imports': ['error', { paths: [{ name: '@ant-design/x', message: 'import the single part: @ant-design/x/es/<part>' }] }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
);
