import type { Policy } from '@leeway/core';
import { expect, it } from 'vitest';
import { checkParameters } from './parameters.ts';

const policy = { code: 'NET001', params: { adminPorts: [22], strict: true } } as unknown as Policy;

it('checkParameters names unknown policies and parameters, and wrong types', () => {
  const overrides = {
    NET01: { '*': {} },
    NET001: { prod: { adminPort: [1], strict: 'yes' }, '*': { adminPorts: [22, 23] } },
    REGO1: { '*': { anything: 1 } },
  };
  const problems = checkParameters([policy], ['REGO1'], overrides, (path) => ({
    file: 'leeway.yaml',
    pointer: path.join('/'),
  }));
  expect(problems.map((found) => [found.code, found.message, found.place?.pointer])).toEqual([
    ['LW5005', 'Parameters are given for the policy NET01, which is not in force. Did you mean "NET001"?', 'NET01'],
    ['LW5006', 'The policy NET001 has no parameter "adminPort". Did you mean "adminPorts"?', 'NET001/prod/adminPort'],
    ['LW5007', 'The parameter "strict" of policy NET001 is a string; its default is a boolean.', 'NET001/prod/strict'],
  ]);
});
