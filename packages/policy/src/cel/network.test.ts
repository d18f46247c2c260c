import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorld, portsIn } from './network.ts';

describe('isWorld', () => {
  it.each(['0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '2000::/3', '*', 'Internet', 'any', '52.0.0.0/6'])(
    'takes %s for the world',
    (source) => {
      expect(isWorld(source)).toBe(true);
    },
  );

  it.each([
    '10.0.0.0/8',
    '172.16.0.0/12',
    '203.0.113.7/32',
    '52.0.0.0/8',
    'fd00::/8',
    '2a00:1450::/32',
    'sg-0a1b',
    'VirtualNetwork',
    '',
    '1.2.3/0',
    '1.2.3.4/x',
  ])('does not take %s for the world', (source) => {
    expect(isWorld(source)).toBe(false);
  });

  it('never takes a part of a private network for the world', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }), (second, third, prefix) => {
        expect(isWorld(`10.${second}.${third}.0/${prefix}`)).toBe(false);
      }),
    );
  });
});

describe('portsIn', () => {
  it('knows the spellings of a range', () => {
    for (const range of ['22', '20-25', '20:25', '*', 'any', '', 22, -1])
      expect(portsIn([range], [80.5, 22])).toContain(22);
    expect(portsIn(['23', '23-25', '1-21', 80, 'ssh', {}], [22])).toEqual([]);
    expect(portsIn(['1-100'], [22n, 443, 80])).toEqual([22n, 80]);
  });
});
