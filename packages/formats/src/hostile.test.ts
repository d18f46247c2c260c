import type { Result } from '@leeway/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParsedDocument } from './document.ts';
import { parseDotenv, parseIni, parseJson, parseJsonLines, parseProperties, parseToml, parseYaml } from './index.ts';
import { decodeText } from './text.ts';

type Parsed = Result<ParsedDocument> | Result<readonly ParsedDocument[]>;

const valid = {
  json: '{"name":"wms","ports":[8080,{"tls":true}],"note":"a\\"b","big":12345678901234567890}',
  yaml: 'name: wms\nports: [8080, {tls: true}]\nx: &x\n  a: "q\\n"\ny:\n  <<: *x\n  t: |\n    text\n---\n- 1\n- !Ref z\n',
  toml: 'name = "wms"\n[ports."a.b"]\nlist = [1, 2.5, 1979-05-27]\ntext = """\nx\n"""\n[[item]]\nk = { v = 1 }\n',
  ini: '[database]\nurl = "x" ; c\nlist = a,\n  b\nflag\n',
  properties: 'a.b=1\nlist=x,\\\n  y\nuni=\\u0041\n! c\nk v\n',
  dotenv: 'export A=1\nB="x\\ny"\nC=\'multi\nline\'\n# c\n',
};

const parsers: Readonly<Record<string, (text: string) => Parsed>> = {
  json: (text) => parseJson(text, 'f'),
  'json lines': (text) => parseJsonLines(text, 'f'),
  yaml: (text) => parseYaml(text, 'f'),
  'yaml 1.1': (text) => parseYaml(text, 'f', { version: '1.1' }),
  toml: (text) => parseToml(text, 'f'),
  ini: (text) => parseIni(text, 'f'),
  properties: (text) => parseProperties(text, 'f'),
  dotenv: (text) => parseDotenv(text, 'f'),
};

/** A valid document with a few characters removed, doubled, replaced or moved. */
const mutated = fc
  .record({
    text: fc.constantFrom(...Object.values(valid)),
    edits: fc.array(
      fc.tuple(
        fc.nat(120),
        fc.nat(6),
        fc.constantFrom(
          '',
          '"',
          '\\',
          '[',
          '}',
          '\n',
          '\t',
          ': ',
          '- ',
          '*x',
          '&x ',
          '#',
          '\u0000',
          '\ud800',
          '"""',
          '=',
          '<<: ',
        ),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((before, [at, drop, insert]) => before.slice(0, at) + insert + before.slice(at + drop), text),
  );

const anything = fc.oneof(mutated, fc.string(), fc.string({ unit: 'binary', maxLength: 200 }));

function isJson(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return (Array.isArray(value) || prototype === Object.prototype) && Object.values(value as object).every(isJson);
}

/** A result is sound when it is JSON data with places, or problems that each have a code and a line. */
function expectSound(parsed: Parsed): void {
  if (!parsed.ok) {
    expect(parsed.problems.length).toBeGreaterThan(0);
    for (const found of parsed.problems) expect(found.place?.line).toBeGreaterThan(0);
    return;
  }
  for (const document of [parsed.value].flat()) {
    expect(isJson(document.value)).toBe(true);
    for (const pointer of ['', '/name', '/ports/1/tls', '/x/0/~1'])
      expect(document.placeOf(pointer)?.line).toBeGreaterThan(0);
  }
}

describe.each(Object.entries(parsers))('%s', (_name, parse) => {
  test('never throws and never hangs on hostile text', () => {
    fc.assert(
      fc.property(anything, (text) => expectSound(parse(text))),
      { numRuns: 400, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: true },
    );
  });

  test('survives one long run of any one thing', () => {
    for (const part of [
      '"',
      '\\',
      'a',
      '[',
      ']',
      '{',
      '- ',
      '? ',
      ': ',
      '\n',
      ' ',
      '\t',
      '#',
      '"a\\\\',
      '1',
      "'",
      '"""',
      'a.',
      '[a]\n',
      'a=\\\n',
      '&a ',
      '!a ',
      '|\n',
      '%',
      'a: &a\n',
    ]) {
      const parsed = parse(part.repeat(5_000));
      if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
    }
  });
});

describe('decodeText', () => {
  test('gives what was encoded, without its mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const decoded = decodeText(new TextEncoder().encode(`\ufeff${text}`), 'f');
        expect(decoded).toEqual({ ok: true, value: text });
      }),
    );
  });

  test.each([
    [[0x61, 0xff], 1],
    [[0xc3], 0],
    [[0x61, 0xe2, 0x82], 1],
    [[0xff, 0xfe, 0x41, 0x00], 0],
    [[0x61, 0xed, 0xa0, 0x80, 0x62], 1],
  ])('names the first bad byte of %j', (bytes, offset) => {
    const decoded = decodeText(Uint8Array.from(bytes), 'f');
    expect(decoded.ok ? '' : decoded.problems[0]?.message).toContain(`offset ${offset})`);
  });

  test('refuses NUL, which no text holds', () => {
    const decoded = decodeText(Buffer.from('a: 1\0\0'), 'f');
    expect(decoded.ok ? [] : decoded.problems).toMatchObject([{ code: 'LW2011', place: { file: 'f' } }]);
  });

  test('says how large an input is and may be', () => {
    const decoded = decodeText(new Uint8Array(11), 'f', 10);
    expect(decoded.ok ? '' : decoded.problems[0]?.message).toBe('The input is 11 bytes; at most 10 are read.');
  });

  test('decodes or refuses any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = decodeText(bytes, 'f');
        if (decoded.ok) expect(new TextEncoder().encode(decoded.value).length).toBeLessThanOrEqual(bytes.length);
        else expect(decoded.problems[0]?.code).toMatch(bytes.includes(0) ? /LW2003|LW2011/ : /LW2003/);
      }),
    );
  });
});

test('values of many megabytes with escapes all through overflow nothing', () => {
  const long = 'x\\n'.repeat(3_000_000);
  expect(parseJson(`{"a":"${long}`, 'f').ok).toBe(false);
  expect(parseJson(`{"a":"${long}"}`, 'f').ok).toBe(true);
  expect(parseDotenv(`A="${long}"`, 'f').ok).toBe(true);
  expect(parseDotenv(`A="${long}`, 'f').ok).toBe(false);
  expect(parseProperties(`a=${long}`, 'f').ok).toBe(true);
  expect(parseIni(`a="${long}"`, 'f').ok).toBe(true);
  expect(parseToml(`a = "${long}"`, 'f').ok).toBe(true);
});

test('reports no more problems than a person reads', () => {
  const parsed = parseJsonLines('x\n'.repeat(200_000), 'f');
  expect(parsed.ok ? 0 : parsed.problems.length).toBe(50);
});
