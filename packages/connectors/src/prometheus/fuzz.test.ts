import { readFileSync } from 'node:fs';
import { runScenario } from '@leeway/connector-kit/testing/scenario.ts';
import { compareAttributes, indexKinds } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connector } from './index.ts';

const rules = readFileSync(new URL('recordings/rules.yml', import.meta.url), 'utf8');
const kinds = indexKinds(connector.kinds);

describe('damaged rule files', () => {
  it('give rules or coded problems with a place, never an exception', async () => {
    const piece = fc.constantFrom(
      '',
      '\n',
      '  ',
      '- ',
      ': ',
      '[',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '!x ',
      '|',
      '#',
      '\t',
      '\u0000',
      'null',
      '0',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(rules.length), fc.nat(12), piece, async (at, length, text) => {
        const files = { 'r.yml': rules.slice(0, at) + text + rules.slice(at + length) };
        const run = await runScenario(connector, { name: 'x', settings: { files: '*' }, files });
        expect(
          run.notices.filter(({ problem }) => !/^LW20/.test(problem.code) || problem.place?.file !== 'r.yml'),
        ).toEqual([]);
        expect(run.complete.length).toBe(run.notices.length > 0 ? 0 : 3);
        for (const { kind, attributes } of run.resources)
          expect(compareAttributes(kinds.find(kind), attributes, attributes)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('give answers of any shape a coded problem', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (json) => {
        const recordings = [
          {
            request: { url: 'http://p.test/api/v1/rules' },
            response: { json: { status: 'success', data: json } as never },
          },
        ];
        const run = await runScenario(connector, { name: 'x', settings: { url: 'http://p.test' }, recordings });
        expect(run.notices.map(({ problem }) => problem.code)).toEqual(['LW3006']);
      }),
    );
  });
});
