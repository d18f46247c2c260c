import { describe, expect, it } from 'vitest';
import type { Role } from '../packages/server/src/identity/permissions.ts';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

/** What each role finds on the screens: buttons that are there or not. The server decides; this is that the page agrees. */
const expected: readonly {
  readonly role: Role;
  readonly scans: boolean;
  readonly approves: boolean;
  readonly audits: boolean;
  readonly manages: boolean;
}[] = [
  { role: 'viewer', scans: false, approves: false, audits: false, manages: false },
  { role: 'operator', scans: true, approves: true, audits: false, manages: false },
  { role: 'application-owner', scans: true, approves: true, audits: false, manages: false },
  { role: 'approver', scans: false, approves: true, audits: false, manages: false },
  { role: 'security', scans: true, approves: true, audits: true, manages: false },
  { role: 'admin', scans: true, approves: true, audits: true, manages: true },
];

describe.each(stores)('roles on $name', (store) => {
  const stage = useStage(store, [
    ...expected.map(({ role }) => ({ name: `the ${role}`, role })),
    { name: 'only staging', role: 'viewer', environments: ['staging-*'] },
  ]);

  it.each(expected)('$role sees what it may do', async ({ role, scans, approves, audits, manages }) => {
    const { page, faults } = await stage().page(`the ${role}`);
    await page.goto('/sources');
    await page.getByText('Kinds read').first().waitFor();
    expect(await page.getByRole('button', { name: 'Scan everything now' }).count()).toBe(scans ? 1 : 0);

    await page.goto('/findings');
    await page.locator('[data-row-link]').first().click();
    const approve = page.getByRole('button', { name: /^Approve/ }).first();
    await approve.waitFor();
    expect(await approve.isEnabled()).toBe(approves);

    await page.goto('/audit');
    await page.getByText(audits ? 'Verify the chain' : 'Your roles do not reach the audit log').waitFor();

    await page.goto('/settings');
    await page.getByText('Single sign-on').waitFor();
    expect(await page.getByRole('heading', { name: 'Add a local account' }).count()).toBe(manages ? 1 : 0);
    expect(faults).toEqual([]);
  });

  it('somebody of one environment sees nothing of the others', async () => {
    const { page } = await stage().page('only staging');
    await page.goto('/environments');
    await page.getByText('staging-eu').first().waitFor();
    expect(await page.getByText('tenant-acme').count()).toBe(0);
    const client = await stage().client('only staging');
    const findings = await client.get('/findings?limit=500');
    const environments = new Set(
      (findings.body['items'] as { environments: string[] }[]).flatMap((item) => item.environments),
    );
    expect([...environments]).toEqual(['staging-eu']);
    expect((await client.get('/environments/production-eu')).status).toBeGreaterThanOrEqual(403);
  });
});
