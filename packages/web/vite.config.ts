import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` finds the API while screens are built: `node e2e/serve-example.ts 7460`. */
const api = process.env['LEEWAY_API'] ?? 'http://127.0.0.1:7460';

// biome-ignore lint/style/noDefaultExport: Vite reads its configuration from the default export.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': api } },
  build: {
    target: 'es2023',
    manifest: true,
    // Shipped with the application: what it is built from, and under which licences.
    license: { fileName: 'third-party-licences.md' },
    // Browsers that run the page know modulepreload.
    modulePreload: { polyfill: false },
    // Small files inlined as data: addresses would not pass the page's policy for fonts and scripts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
