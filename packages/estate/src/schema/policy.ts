import { severities } from '@leeway/core';
import { z } from 'zod';
import { parameters, pattern, text } from './values.ts';

const bundle = z
  .strictObject({
    path: text.meta({ description: 'Bundle file, relative to the estate.', examples: ['policies/edge.tar.gz'] }),
    entrypoint: text.meta({ description: 'Entrypoint it was built with.', examples: ['edge/deny'] }),
    code: text.meta({ description: 'Code its findings carry.', examples: ['REGO001'] }),
    kinds: z
      .array(pattern)
      .min(1)
      .meta({
        title: 'a list of kinds',
        description: 'Kinds it looks at, "*" as wildcard.',
        examples: ['[aws_security_group]'],
      }),
    severity: z.enum(severities).describe('Severity of its findings.'),
    title: text.meta({ description: 'What it demands, in a few words.', examples: ['Only declared edges are open'] }),
  })
  .meta({ title: 'a map that describes a Rego bundle' });

export const policyEntry = z
  .strictObject({
    packs: z
      .array(text)
      .optional()
      .meta({ title: 'a list of packs', description: 'Built-in packs in force.', examples: ['[network, encryption]'] }),
    files: z
      .array(text)
      .optional()
      .meta({
        title: 'a list of paths or globs',
        description: 'Pack files of your own; policies/*.yaml by default.',
        examples: ["['policies/*.yaml']"],
      }),
    parameters: z
      .record(text, z.record(pattern, parameters))
      .optional()
      .meta({
        title: 'a map of policy codes',
        description: 'Parameters of policies: code, then environment name or pattern ("*" for all), then the values.',
        examples: ["{NET001: {'*': {allowedPorts: [443]}}}"],
      }),
    bundles: z
      .array(bundle)
      .optional()
      .meta({ title: 'a list of bundles', description: 'Compiled Rego bundles (OPA).' }),
  })
  .meta({ title: 'a map with packs, files, parameters or bundles', examples: ['{packs: [network]}'] });
export type PolicyEntry = z.infer<typeof policyEntry>;

export const policySections = {
  policies: policyEntry
    .optional()
    .meta({ description: 'Policies in force. Exceptions to them are approved differences.' }),
};
