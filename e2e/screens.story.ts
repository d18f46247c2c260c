import { describe, expect, it } from 'vitest';
import { photograph, seriousViolations, type Theme, type Width } from './support/browser.ts';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

/** Every screen, and something that must be on it once it is there. */
const screens: readonly { readonly name: string; readonly path: string; readonly shows: string | RegExp }[] = [
  { name: 'overview', path: '/', shows: /as of/ },
  { name: 'overview-workloads', path: '/?rows=workload', shows: /as of/ },
  { name: 'environments', path: '/environments', shows: 'tenant-acme' },
  { name: 'environment', path: '/environments/production-us', shows: 'Last scans' },
  { name: 'resources', path: '/environments/production-us?show=resources', shows: 'Kind' },
  { name: 'compare-choose', path: '/compare', shows: 'Choose two sides' },
  { name: 'compare', path: '/compare?left=production-eu&right=staging-eu', shows: /differs from/ },
  { name: 'findings', path: '/findings', shows: /severity|Severity/ },
  { name: 'approved', path: '/approved', shows: 'Silences' },
  { name: 'requests', path: '/approved?show=requests', shows: 'Nothing was asked for' },
  { name: 'policies', path: '/policies', shows: 'NET001' },
  { name: 'playground', path: '/policies?show=playground', shows: 'CEL expression' },
  { name: 'timeline', path: '/timeline', shows: 'What happened' },
  { name: 'sources', path: '/sources', shows: 'Kinds read' },
  { name: 'audit', path: '/audit', shows: 'useSetUpLink' },
  { name: 'settings', path: '/settings', shows: 'Single sign-on' },
  { name: 'settings-tokens', path: '/settings?part=tokens', shows: 'Make a token' },
  { name: 'settings-file', path: '/settings?part=file', shows: 'Check it' },
];

const looks: readonly { readonly width: Width; readonly theme: Theme }[] = [
  { width: 'desktop', theme: 'light' },
  { width: 'desktop', theme: 'dark' },
  { width: 'phone', theme: 'light' },
  { width: 'phone', theme: 'dark' },
];

describe.each(stores)('on $name', (store) => {
  const stage = useStage(store, []);

  // The stores differ in what lies behind the screens, not in how these look.
  const shown = store.name === 'PGlite' ? looks : looks.slice(0, 1);
  describe.each(shown)('$width, $theme', (look) => {
    it.each(screens)('$name', async ({ name, path, shows }) => {
      const { page, faults } = await stage().page('a.jansen', look);
      await page.goto(path);
      await page.getByText(shows).first().waitFor({ state: 'attached' });
      await page
        .getByRole('status', { name: /^(Loading|Comparing)/ })
        .first()
        .waitFor({ state: 'detached' });
      if (store.name === 'PGlite') await photograph(page, `${name}-${look.width}-${look.theme}`);
      expect(await seriousViolations(page)).toEqual([]);
      expect(faults).toEqual([]);
      // Nothing is wider than the window: a phone never scrolls sideways as a whole.
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    });
  });
});
