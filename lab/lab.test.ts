import { describe, expect, it } from 'vitest';
import { applyDrifts, isUp, loadServices, undoDrifts } from './lab.ts';
import { openPlace } from './place.ts';
import { checkLab, expectedNames, nameFinding, scanLab, sentenceOf } from './scan.ts';

const services = await loadServices();
const running = services.filter(isUp);

it('has something to look at (npm run lab -- up)', () => {
  const idle = services.filter((service) => !running.includes(service)).map(({ id }) => id);
  if (idle.length > 0) process.stdout.write(`Not up, so not looked at: ${idle.join(', ')}\n`);
  expect(running.length).toBeGreaterThan(0);
});

describe.each(running.map((service) => [service.id, service] as const))('%s', (_, service) => {
  const expectClean = async () => {
    const report = await scanLab(service);
    expect(report.problems).toEqual([]);
    expect(report.findings.map((finding) => `${nameFinding(finding)}: ${sentenceOf(finding)}`)).toEqual([]);
    expect(report.summary.resources).toBeGreaterThan(0);
    expect(report.exitCode).toBe(0);
  };

  it('lets its reader read everything', async () => {
    const checks = await checkLab(service);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.flatMap(({ lines }) => lines.filter((line) => !line.ok))).toEqual([]);
  });

  it.each(service.denials ?? [])('names what its reader was not given: $names', async (denial) => {
    const place = await openPlace(service.id, 'staging');
    try {
      await denial.take(place);
      const refused = (await checkLab(service)).flatMap(({ environment, lines }) =>
        lines.filter(({ ok }) => !ok).map(({ problem }) => `${environment}: ${problem?.message} ${problem?.hint}`),
      );
      expect(refused).toContainEqual(expect.stringMatching(/^staging: /));
      for (const line of refused) expect(line).toMatch(/^staging: /);
      expect(refused.join('\n')).toContain(denial.names);
    } finally {
      await denial.giveBack(place);
    }
  });

  it('is clean as a pair', async () => {
    await undoDrifts(service);
    await expectClean();
  });

  it('shows what drifted, and nothing else, without a secret', async () => {
    await applyDrifts(service);
    const report = await scanLab(service);
    expect(report.findings.map(nameFinding).sort()).toEqual(expectedNames(service).toSorted());
    const sentences = report.findings.map(sentenceOf);
    for (const { says } of service.drifts.flatMap(({ findings }) => findings)) {
      if (says !== undefined) expect(sentences).toContainEqual(expect.stringContaining(says));
    }
    for (const secret of Object.values(service.variables)) expect(JSON.stringify(report)).not.toContain(secret);
  });

  it('is clean again when the drift was undone', async () => {
    await undoDrifts(service);
    await expectClean();
  });
});
