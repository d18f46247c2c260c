import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseXml } from './xml.ts';

it('reads elements, lists, texts and nothing else', () => {
  const text = '<?xml version="1.0"?><a:R xmlns:a="x"><s><i>1</i><i>2</i></s><e/><t q="z">x &amp; y</t></a:R>';
  expect(parseXml(text)).toEqual({ root: 'R', value: { s: { i: ['1', '2'] }, e: '', t: 'x & y' } });
});

it.each([
  ['nothing', ''],
  ['text', 'not XML'],
  ['half a document', '<R><s>'],
  ['two documents', '<R/><R/>'],
  ['an entity of its own', '<!DOCTYPE R [<!ENTITY e "x">]><R>&e;</R>'],
  ['a depth without end', `${'<a>'.repeat(100_000)}`],
])('refuses %s', (_, text) => expect(parseXml(text)).toBeUndefined());

it('never throws', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '&', ';', '"', ' ', '!', '?') }),
      (text) => void parseXml(text),
    ),
  );
});
