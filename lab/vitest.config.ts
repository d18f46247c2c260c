import { defineConfig } from 'vitest/config';

/** The tests that need the lab: `npm run test:lab` after `npm run lab -- up`. */
// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: { include: ['lab/**/*.test.ts'], environment: 'node', testTimeout: 300_000, hookTimeout: 300_000 },
});
