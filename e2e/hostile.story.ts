import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

const payload = '<img src=x onerror="globalThis.stolen=1"><script>globalThis.stolen=1</script>';

/** A live system that answers with markup in a name and in a value. */
function poison(directory: string): void {
  const file = join(directory, 'live/production-eu/edi.json');
  const live = JSON.parse(readFileSync(file, 'utf8'));
  live.partners.push({ id: payload, url: `https://partner.example/${payload}`, messages: [payload] });
  writeFileSync(file, JSON.stringify(live, null, 2));
}

describe.each(stores.slice(0, 1))('what live systems say, on $name', (store) => {
  const stage = useStage(store, [], poison);

  it('is text wherever it is shown', async () => {
    const { body } = await stage().admin.get('/findings?q=onerror&limit=20');
    const found = body['items'] as { fingerprint: string }[];
    expect(found.length).toBeGreaterThan(0);
    const { page, faults } = await stage().page('a.jansen');
    for (const path of [
      '/',
      '/findings',
      `/findings/${found[0]?.fingerprint}`,
      '/timeline',
      '/compare?left=production-eu&right=staging-eu',
      '/environments/production-eu?show=resources',
    ]) {
      await page.goto(path);
      await page
        .getByRole('status', { name: /^(Loading|Comparing)/ })
        .first()
        .waitFor({ state: 'detached' });
      expect(await page.evaluate(() => (globalThis as { stolen?: number }).stolen), path).toBeUndefined();
      expect(await page.locator('img[src="x"]').count(), path).toBe(0);
    }
    expect(faults).toEqual([]);
  });
});
