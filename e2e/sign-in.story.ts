import { describe, expect, it } from 'vitest';
import { launchBrowser, seriousViolations, visit } from './support/browser.ts';
import { startExample } from './support/example-server.ts';
import { password } from './support/people.ts';
import { stores } from './support/stores.ts';

describe.each(stores)('a fresh server on $name', (store) => {
  it('opens to nobody until its link is used, and to its administrator after that', async () => {
    const { database, skipped, stop } = await store.open();
    if (skipped !== undefined) throw new Error(skipped);
    const server = await startExample(database === undefined ? {} : { database });
    const browser = await launchBrowser();
    try {
      const { page, faults } = await visit(browser, server.url);
      await page.goto('/findings');
      await page.getByText('waits for its first administrator').waitFor();
      expect((await fetch(`${server.url}/api/v1/findings`)).status).toBe(401);
      expect(await seriousViolations(page)).toEqual([]);

      await page.goto(server.setUpUrl ?? '');
      await page.getByLabel('Name').fill('a.jansen');
      await page.getByRole('textbox', { name: 'Password' }).fill(password);
      await page.getByRole('button', { name: 'Become administrator' }).click();
      await page.getByRole('heading', { name: 'Overview' }).waitFor();

      // The link was for once.
      const again = await visit(browser, server.url);
      await again.page.goto(server.setUpUrl ?? '');
      await again.page.getByLabel('Name').fill('intruder');
      await again.page.getByRole('textbox', { name: 'Password' }).fill(password);
      await again.page.getByRole('button', { name: 'Become administrator' }).click();
      await again.page.getByRole('alert').waitFor();

      // A wrong password says so, the right one leads to where one wanted to go.
      await again.page.goto('/timeline');
      await again.page.getByLabel('Name').fill('a.jansen');
      await again.page.getByRole('textbox', { name: 'Password' }).fill('not the password');
      await again.page.getByRole('button', { name: 'Sign in' }).click();
      await again.page.getByRole('alert').waitFor();
      await again.page.getByRole('textbox', { name: 'Password' }).fill(password);
      await again.page.getByRole('button', { name: 'Sign in' }).click();
      await again.page.getByRole('heading', { name: 'Timeline' }).waitFor();
      expect([...faults, ...again.faults]).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
      await stop();
    }
  });
});
