import type { CommandDefinition } from '../command.ts';

/** A command as the help lists it; its code is loaded when it is the one that runs. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandDefinition>;
}

/** Every verb, in the order the help lists them: first steps, everyday work, upkeep. */
export const commandTable: readonly CommandEntry[] = [
  { name: 'demo', summary: 'scan the example estate', load: async () => (await import('./demo.ts')).demo },
  {
    name: 'init',
    summary: 'write a first leeway.yaml from what is found here',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'validate',
    summary: 'check leeway.yaml and the files beside it',
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'sources',
    summary: 'check what may be read and what not',
    load: async () => (await import('./sources.ts')).sources,
  },
  {
    name: 'scan',
    summary: 'read the estate, judge every difference, report it',
    load: async () => (await import('./scan.ts')).scan,
  },
  {
    name: 'diff',
    summary: 'compare two environments, files, folders or databases',
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'explain',
    summary: 'say how a finding came about and what to do',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'report',
    summary: 'print the last scan, or a saved one, in another form',
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'history',
    summary: 'list scans and what changed between them',
    load: async () => (await import('./history.ts')).history,
  },
  {
    name: 'serve',
    summary: 'serve the API and the web application',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'approve',
    summary: 'write an approved difference for a finding',
    load: async () => (await import('./approve.ts')).approve,
  },
  {
    name: 'applied',
    summary: 'record that a revision was deployed',
    load: async () => (await import('./applied.ts')).applied,
  },
  { name: 'policy', summary: 'list policies, run their tests', load: async () => (await import('./policy.ts')).policy },
  { name: 'audit', summary: 'verify the audit log', load: async () => (await import('./audit.ts')).audit },
  {
    name: 'connectors',
    summary: 'list the systems that can be read',
    load: async () => (await import('./connectors.ts')).connectors,
  },
  {
    name: 'new',
    summary: 'write the folder of a new connector, in a checkout of Leeway',
    load: async () => (await import('./new.ts')).newCommand,
  },
  {
    name: 'doctor',
    summary: 'look for what is wrong with this installation',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: async () => (await import('./completion.ts')).completion,
  },
];
