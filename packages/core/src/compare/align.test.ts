import { expect, test } from 'vitest';
import type { JsonObject } from '../json/value.ts';
import type { Kind } from '../resource/kind.ts';
import { compareAttributes } from './compare.ts';

const kind: Kind = {
  name: 'k',
  title: 'thing',
  layer: 'network',
  version: 1,
  noise: { unordered: ['/rules', '/rules/*/ports'] },
};

const pathsOf = (left: readonly JsonObject[], right: readonly JsonObject[]) =>
  compareAttributes(kind, { rules: left }, { rules: right }).map(({ path, change }) => `${change} ${path}`);

test('of an unordered list the only item left over on each side is one changed item', () => {
  const kept = { from: '10.0.0.0/8', ports: [80, 443] };
  expect(pathsOf([{ from: '10.1.0.0/16', ports: [22] }, kept], [kept, { from: '0.0.0.0/0', ports: [5432] }])).toEqual([
    'changed /rules[from="10.1.0.0/16"]/from',
    'changed /rules[from="10.1.0.0/16"]/ports',
  ]);
});

test('of several items left over those are one that share most of their fields', () => {
  const left = [
    { from: 'a', to: 'b', protocol: 'tcp', limit: 1 },
    { from: 'c', to: 'd', protocol: 'udp', limit: 1 },
  ];
  const right = [
    { from: 'x', to: 'y', protocol: 'icmp', limit: 9 },
    { from: 'a', to: 'b', protocol: 'tcp', limit: 2 },
  ];
  expect(pathsOf(left, right)).toEqual(
    [
      'removed /rules[from=c,to=d,protocol=udp]',
      'changed /rules[from=a,to=b,protocol=tcp]/limit',
      'added /rules[from=x,to=y,protocol=icmp]',
    ].toSorted((a, b) => (a.split(' ')[1]! < b.split(' ')[1]! ? -1 : 1)),
  );
});

test('an item more on one side is added, whatever it looks like', () => {
  const one = { from: 'a', ports: [80] };
  expect(pathsOf([one], [{ from: 'b', ports: [81] }, one])).toEqual(['added /rules[from=b]']);
  expect(pathsOf([one, one], [one])).toEqual(['removed /rules[from=a]']);
});
