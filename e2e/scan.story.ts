import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

describe.each(stores)('scanning now on $name', (store) => {
  const stage = useStage(store, [{ name: 'o.visser', role: 'operator' }]);

  it('finds what changed since, and the page says so without being loaded again', async () => {
    const { server } = stage();
    const { page, faults } = await stage().page('o.visser');
    await page.goto('/findings?environment=production-eu&q=wave');
    await page
      .getByRole('status', { name: /^Loading/ })
      .first()
      .waitFor({ state: 'detached' });
    const before = await page.locator('[data-row-link]').count();

    const file = join(server.directory, 'live/production-eu/erp.properties');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}\nwave.unplanned=99\n`);
    const operator = await stage().client('o.visser');
    const started = await operator.post('/scans', { environments: ['production-eu'], sources: ['erp'] });
    expect(started.status).toBe(202);

    await page.locator('[data-row-link]').nth(before).waitFor({ timeout: 45_000 });
    await page
      .getByText(/wave\.unplanned/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
  });
});
