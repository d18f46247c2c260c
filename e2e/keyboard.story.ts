import { describe, expect, it } from 'vitest';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

describe.each(stores.slice(0, 1))('by keyboard alone, on $name', (store) => {
  const stage = useStage(store, []);

  it('one gets from the overview to a finding, its explanation and back', async () => {
    const { page, faults } = await stage().page('a.jansen');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.waitForURL(/\/findings/);
    await page.locator('[data-row-link]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL(/open=/);
    await page.getByText('What to do').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('production-us');
    await page.getByRole('dialog').getByText('production-us').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/production-us/);
    expect(faults).toEqual([]);
  });
});
