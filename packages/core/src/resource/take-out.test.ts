import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../text/byte-writer.ts';
import { compileNeutralizer } from './neutral.ts';
import { withoutSecretDigests } from './secret.ts';
import { TakeOut } from './take-out.ts';

const digest = '0123456789abcdef';
const word = fc.constantFrom('prod', 'PROD', 'Production', 'eu', 'eu-west-1', 'münchen', 'MÜNCHEN', 'x', '7');
const sign = fc.constantFrom(
  '-',
  '_',
  '.',
  '/',
  ' ',
  '"',
  '{',
  '}',
  '\\',
  '\\n',
  '\\\\',
  'b',
  'n',
  'é',
  '😀',
  '$',
  '<',
);
const secret = fc.constantFrom(
  `{"$secret":"${digest}"}`,
  `<secret:${digest}>`,
  `<secret:${digest}x`,
  '{"$secret":"empty"}',
);
const text = fc.array(fc.oneof(word, sign, secret), { maxLength: 12 }).map((parts) => parts.join(''));
const asciiNames = { stage: ['prod', 'production'], region: ['eu', 'eu-west-1'], digit: ['7'] };
const names = fc.constantFrom(asciiNames, { ...asciiNames, city: ['München'] }, {});

interface Taken {
  readonly rest: string;
  readonly taken: Buffer;
  readonly cuts: number;
}

function take(tokens: Readonly<Record<string, readonly string[]>>, texts: readonly string[], secrets: boolean): Taken {
  const output = new ByteWriter();
  const places = texts.map((each) => {
    const from = output.length;
    output.text(each);
    return [from, output.length] as const;
  });
  const takeOut = new TakeOut(compileNeutralizer(tokens), output);
  const from = output.length;
  for (const [begin, end] of places) takeOut.add(begin, end, secrets);
  return { rest: output.part(from).toString(), taken: Buffer.from(takeOut.taken.part(0)), cuts: takeOut.cuts };
}

/** What taking names out means, letter by letter, as slowly as it can be said. */
function neutralizePlainly(tokens: Readonly<Record<string, readonly string[]>>, input: string): string {
  const spellings = Object.entries(tokens)
    .flatMap(([neutral, each]) => each.map((name) => ({ name: name.toLowerCase(), neutral: `{${neutral}}` })))
    .sort((left, right) => right.name.length - left.name.length);
  const continues = (letter: string | undefined, brace: string) =>
    letter !== undefined && (/[A-Za-z0-9]/.test(letter) || letter === brace);
  let result = '';
  for (let at = 0; at < input.length; ) {
    const afterEscape = /\\[bfnrt]$/.test(input.slice(0, at));
    const mayBegin = afterEscape || !continues(input[at - 1], '{');
    const found = spellings.find(
      ({ name }) =>
        mayBegin &&
        input.slice(at, at + name.length).toLowerCase() === name &&
        !continues(input[at + name.length], '}'),
    );
    result += found ? found.neutral : input[at];
    at += found ? found.name.length : 1;
  }
  return result;
}

test('the names taken out are those that a letter-by-letter reading finds', () => {
  fc.assert(
    fc.property(names, text, (tokens, input) => {
      const expected = neutralizePlainly(tokens, input);
      expect(compileNeutralizer(tokens).neutralize(input)).toBe(expected);
      expect(take(tokens, [input], false).rest).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

test('digests of secrets are taken out as well, where asked', () => {
  fc.assert(
    fc.property(names, text, (tokens, input) => {
      expect(take(tokens, [input], true).rest).toBe(neutralizePlainly(tokens, withoutSecretDigests(input)));
    }),
    { numRuns: 3000 },
  );
});

test('texts that differ differ in what is left or in what was taken', () => {
  fc.assert(
    fc.property(names, fc.tuple(text, text), fc.tuple(text, text), (tokens, left, right) => {
      const [one, other] = [take(tokens, left, true), take(tokens, right, true)];
      const same = one.rest === other.rest && one.taken.equals(other.taken);
      expect(same).toBe(left[0] === right[0] && left[1] === right[1]);
    }),
    { numRuns: 3000 },
  );
});

test('where nothing was taken nothing is counted', () => {
  expect(take(asciiNames, ['reproduction of europe'], true)).toMatchObject({ rest: 'reproduction of europe', cuts: 0 });
  expect(take(asciiNames, ['orders-PROD.eu'], true)).toMatchObject({ rest: 'orders-{stage}.{region}', cuts: 2 });
  expect(take(asciiNames, [`a<secret:${digest}>`], true)).toMatchObject({ rest: 'a<secret:*>', cuts: 1 });
});
