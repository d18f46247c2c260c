import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { useStage } from './support/stage.ts';
import { stores } from './support/stores.ts';

const people = [
  { name: 'o.visser', role: 'operator' },
  { name: 'p.smit', role: 'approver' },
] as const;

describe.each(stores)('approving a difference on $name', (store) => {
  const stage = useStage(store, people);

  it('is asked for by one, decided by another, and becomes a commit', async () => {
    const { server } = stage();
    const operator = await stage().client('o.visser');
    const { body } = await operator.get('/findings?verdict=drift&limit=1');
    const { fingerprint } = (body['items'] as { fingerprint: string }[])[0] ?? { fingerprint: '' };

    const asking = await stage().page('o.visser');
    await asking.page.goto(`/findings/${fingerprint}`);
    await asking.page.getByRole('button', { name: /^Approve/ }).click();
    const form = asking.page.getByRole('form', { name: 'Approve the difference' });
    await form.getByLabel('Reason').fill('The peak season needs it until January.');
    await form.getByLabel('Owner').fill('warehouse');
    await form.getByLabel('Last day').fill('2027-01-31');
    await form.getByRole('button', { name: 'Ask for approval' }).click();
    await asking.page
      .getByText(/leeway\/approve-/)
      .first()
      .waitFor();

    // Nobody decides their own request, whatever they try.
    const list = await operator.get('/approval-requests?state=open');
    const request = (list.body['items'] as { id: string; branch: string; mayDecide: boolean }[])[0];
    expect(request?.mayDecide).toBe(false);
    const own = await operator.post(`/approval-requests/${request?.id}/decision`, { decision: 'approve', reason: '' });
    expect(own.status).toBe(403);

    const deciding = await stage().page('p.smit');
    await deciding.page.goto(`/approved?show=requests&open=${request?.id}`);
    await deciding.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await deciding.page.getByText('approved', { exact: true }).first().waitFor();

    const git = (...args: string[]) => execFileSync('git', ['-C', server.directory, ...args], { encoding: 'utf8' });
    const record = git('log', '--format=%an', request?.branch ?? '').split('\n');
    expect(record.slice(0, 2)).toEqual(['p.smit', 'o.visser']);
    expect(git('diff', 'main', request?.branch ?? '')).toMatch(/\+ +approver: '?p\.smit/);
    // The working tree people use is untouched.
    expect(git('status', '--porcelain')).toBe('');
    expect([...asking.faults, ...deciding.faults]).toEqual([]);
  });
});
