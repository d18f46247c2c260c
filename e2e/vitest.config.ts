import { defineConfig } from 'vitest/config';

/** Stories through the API and a real browser: `npm run test:e2e` after `e2e/install-debian`. */
// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: ['e2e/**/*.story.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser and one server at a time: the stories are about what a person sees, not about load.
    fileParallelism: false,
  },
});
