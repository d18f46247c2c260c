import type { Problem, Result } from '@leeway/core';
import type { Estate } from '@leeway/estate';
import { expect, it } from 'vitest';
import { parseSettings } from './load.ts';

/** Of an estate only the names matter here. */
const estate = {
  environments: [{ name: 'staging-eu' }, { name: 'production-eu' }],
  sources: [{ id: 'wms' }],
} as unknown as Estate;

function problemsOf(text: string): readonly string[] {
  const result: Result<unknown> = parseSettings(text, estate);
  const found: readonly Problem[] = result.ok ? [] : result.problems;
  return found.map(({ code, place }) => `${place?.line}:${place?.column} ${code}`);
}

it('reads what a whole file says, with what it leaves out', () => {
  const parsed = parseSettings(
    `schedules:
  nightly: {cron: "30 2 * * *", zone: Europe/Amsterdam, environments: [production-*], sources: [wms]}
hooks:
  github: {kind: github, secret: GITHUB_HOOK_SECRET, environments: {prod: production-eu}}
notifications:
  channels:
    ops: {kind: slack, url: SLACK_URL, quiet: {from: "22:00", to: "07:00", zone: Europe/Amsterdam}}
  routes: [{channel: ops}]
`,
    estate,
  );
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      schedules: { nightly: { zone: 'Europe/Amsterdam', jitter: '1m' } },
      hooks: { github: { branches: ['main', 'master'] } },
      notifications: { channels: { ops: { quiet: { except: 'critical' } } }, routes: [{ severity: 'high' }] },
    },
  });
});

it('takes an empty file and empty sections', () => {
  expect(parseSettings('', estate).ok).toBe(true);
  expect(parseSettings('schedules:\nhooks:\n', estate).ok).toBe(true);
});

it.each([
  ['schedules:\n  nightly: {cron: "61 2 * * *"}\n', ['2:13 LW1003']],
  ['schedules:\n  nightly: {cron: "0 2 * * *", zone: Europe/Amsterdan}\n', ['2:32 LW1003']],
  ['schedules:\n  nightly:\n    cron: "0 2 * * *"\n    environments: [production-us]\n', ['4:5 LW1006']],
  ['hook:\n  a: {}\n', ['1:1 LW1002']],
  ['hooks:\n  a: {kind: githup, secret: A}\n', ['2:7 LW1004']],
  ['notifications:\n  routes: [{channel: nowhere}]\n', ['2:13 LW1006']],
  ['schedules: [1\n', ['2:1 LW2005']],
])('says where the mistake is: %j', (text, expected) => {
  expect(problemsOf(text)).toEqual(expected);
});
