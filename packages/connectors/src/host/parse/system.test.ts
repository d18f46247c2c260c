import { expect, it } from 'vitest';
import { parseSysctl } from './system.ts';

it('takes the lines of one setting for one value', () => {
  const printed =
    'kernel.core_modes = file\nkernel.core_modes = pipe\nkernel.core_modes = socket\nvm.swappiness = 60\n';
  expect(parseSysctl(printed)).toEqual([
    { key: 'kernel.core_modes', attributes: { value: 'file pipe socket' } },
    { key: 'vm.swappiness', attributes: { value: '60' } },
  ]);
});
