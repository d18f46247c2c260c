import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCsv, writeField } from './csv.ts';
import { northwind } from './testing/northwind.ts';

/** A strict RFC 4180 reader, as a check on the writer. */
function parseCsv(text: string): string[][] {
  const fields = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of fields) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('csv', () => {
  it('has as many fields in every line as in its head', () => {
    const rows = parseCsv([...renderCsv(northwind, { showApproved: true })].join(''));
    expect(rows).toHaveLength(1 + northwind.findings.length + northwind.approved.length);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it.each(['=1+1', '+1+cmd', '-2+3', '@SUM(A1)', '  =1', '\uff1d1', '|calc', '%0A'])(
    'keeps %j from being a formula',
    (value) => {
      expect(writeField(value)).toMatch(/^"?'/);
    },
  );

  it.each(['-12', '3.5', '10.0.0.0/8', 'a=b'])('leaves %s alone', (value) => {
    expect(writeField(value)).toBe(value);
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string().map((text) => `x${text}`.replaceAll(/\p{C}|\p{Z}/gu, ' ')),
          { minLength: 1 },
        ),
        (values) => {
          expect(parseCsv(`${values.map(writeField).join(',')}\r\n`)).toEqual([values]);
        },
      ),
    );
  });
});
