import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => {
  const env = loadEnv(mode, '.', 'AGENTLADDER_');
  return {
    plugins: [react()],
    server: {
      proxy: { '/api': { target: env['AGENTLADDER_DEV_API'] ?? 'http://127.0.0.1:8080', changeOrigin: false } },
    },
    build: {
      outDir: 'dist',
      // public/.keep is copied back after the folder is emptied, so that the Go package always has something to embed.
      emptyOutDir: true,
      sourcemap: false,
      // The page's policy allows files of this server only: nothing may become a data: address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      target: 'es2022',
      chunkSizeWarningLimit: 900,
      rolldownOptions: {
        output: {
          // What every page needs travels as one file.
          codeSplitting: { groups: [{ name: 'base', test: /node_modules\/(react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|openapi-fetch)\// }] },
        },
      },
    },
    test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
  };
});
