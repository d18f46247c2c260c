import { z } from 'zod';
import { patterns, settingName, variableName } from '../settings/values.ts';

export const hookKinds = ['github', 'gitlab', 'argocd', 'flux', 'octopus', 'eventbridge', 'cloudevents'] as const;
export type HookKind = (typeof hookKinds)[number];

/** `hooks:` of server.yaml: who may tell that something was deployed, pushed or changed, at `/hooks/<name>`. */
export const hookSettings = z.strictObject({
  kind: z.enum(hookKinds),
  secret: variableName.describe('Variable that holds what the sender signs or proves itself with.'),
  environments: z
    .record(z.string().min(1).max(300), z.string().min(1).max(200))
    .default({})
    .describe("The sender's names of environments and what they are called here; others are taken as they are."),
  sources: patterns.default([]).describe('What is scanned; all sources of the environment where none are named.'),
  scan: patterns
    .default([])
    .describe('Environments that are scanned when an event names none, as a push or a change in a cloud does.'),
  branches: patterns.default(['main', 'master']).describe('Branches whose pushes count.'),
});
export type HookSettings = z.output<typeof hookSettings>;

export const hooksSettings = z.record(settingName, hookSettings);
export type HooksSettings = z.output<typeof hooksSettings>;
