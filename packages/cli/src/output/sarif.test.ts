import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { renderSarif } from './sarif.ts';
import { parseFilePlace } from './sarif-location.ts';
import { finding, report } from './testing/build.ts';
import { AjvDraft04 } from './testing/draft-04.ts';
import { clean, hostile, northwind, twoFiles } from './testing/northwind.ts';

/** The schema the standard's own tools validate with. */
const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const validate = new AjvDraft04({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);
const parse = (given: typeof northwind) =>
  JSON.parse([...renderSarif(given, { width: 80, colour: false, showApproved: false, version: '0.1.0' })].join(''));

describe('sarif', () => {
  it.each([northwind, clean, twoFiles, hostile])('is SARIF 2.1.0 by its schema (%#)', (given) => {
    validate(parse(given));
    expect(validate.errors).toBeNull();
  });

  it('keeps the fingerprint of a finding that moved to another line', () => {
    const moved = {
      ...northwind,
      findings: northwind.findings.map((found) => ({
        ...found,
        expected: { ...found.expected, place: 'infra/eu/security.tf:99' },
      })),
    };
    const prints = (given: typeof northwind) =>
      parse(given).runs[0].results.map((each: { partialFingerprints: object }) => each.partialFingerprints);
    expect(prints(moved)).toEqual(prints(northwind));
  });

  it('suppresses what is approved with its justification, and every result carries the array', () => {
    const [run] = parse(northwind).runs;
    const suppressed = run.results.filter((each: { suppressions: unknown[] }) => each.suppressions.length > 0);
    expect(suppressed).toHaveLength(1);
    expect(suppressed[0].suppressions[0].justification).toContain('Staging runs at a third of the load.');
    expect(run.results.every((each: { suppressions?: unknown }) => Array.isArray(each.suppressions))).toBe(true);
  });

  it('says that the run did not succeed when something was not checked', () => {
    const [invocation] = parse(northwind).runs[0].invocations;
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toHaveLength(2);
  });

  it('splits more than 5,000 results over runs with ids of their own', () => {
    const findings = Array.from({ length: 5_001 }, (_, index) =>
      finding({
        environment: 'test',
        layer: 'host',
        kind: 'package',
        key: `p${index}`,
        expected: { from: 'declared', present: true, value: '1' },
        actual: { from: 'observed', present: true, value: '2' },
        headline: `Package p${index} is at {value:2}.`,
      }),
    );
    const { runs } = parse(report({ findings }));
    expect(runs.map((run: { results: unknown[] }) => run.results.length)).toEqual([5_000, 1]);
    expect(new Set(runs.map((run: { automationDetails: { id: string } }) => run.automationDetails.id)).size).toBe(2);
  });

  it.each([
    ['infra/eu/security.tf:41', { file: 'infra/eu/security.tf', line: 41 }],
    ['deploy/wms.yaml:12:3 /spec', { file: 'deploy/wms.yaml', line: 12, column: 3 }],
    ['leeway.yaml:3', { file: 'leeway.yaml', line: 3 }],
    ['https://grafana.example/d/1.json', undefined],
    ['edi.northwind.example:443', { file: 'edi.northwind.example', line: 443 }],
    ['orders.public.shipment', undefined],
    ['../../etc/passwd.txt:1', undefined],
    ['/etc/app.yaml:1', undefined],
    ['sg-0f3a9be1277c4d10e', undefined],
  ])('reads the place %s', (place, expected) => {
    expect(parseFilePlace(place)).toEqual(expected);
  });
});
