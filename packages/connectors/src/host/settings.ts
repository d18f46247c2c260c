import { z } from 'zod';
import { kindNames } from './kinds.ts';

const Texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** `SHA256:` and 43 characters of base64, as `ssh-keygen -l` prints it. */
const Fingerprint = z.string().regex(/^SHA256:[A-Za-z\d+/]{43}=?$/, 'write SHA256:… as "ssh-keygen -l" prints it');

/** Quotes, spaces and `$` would mean something to the host's shell: only what a glob needs gets through. */
const RemoteGlob = z.string().regex(/^\/[\w./@+*?-]+$/, 'an absolute path of letters, digits and . _ - @ + * ?');

const Host = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]+$/)
    .describe('What the host is called in every environment; first part of every key.'),
  address: z
    .string()
    .regex(/^[^\s@/]+$/)
    .describe('Host name or IP address.'),
  port: z.int().min(1).max(65_535).default(22),
  fingerprint: z
    .union([Fingerprint, z.array(Fingerprint).min(1)])
    .optional()
    .describe('Fingerprint of the host key, where knownHosts does not list it.'),
});
export type Host = z.infer<typeof Host>;

/** What stands under `declared:` or `observed:` of a source with hosts. */
export const HostSettings = z
  .strictObject({
    hosts: z.array(Host).min(1).optional().describe('Hosts to read over SSH.'),
    username: z.string().min(1).optional().describe('Who signs in.'),
    keyFrom: z.string().min(1).optional().describe('Environment variable with the private key itself, in PEM.'),
    passphraseFrom: z.string().min(1).optional().describe('Environment variable with the passphrase of the key.'),
    passwordFrom: z.string().min(1).optional().describe('Environment variable with a password.'),
    agentFrom: z.string().min(1).optional().describe('Environment variable with the socket of an SSH agent.'),
    knownHosts: Texts.optional().describe('known_hosts files of the estate.'),
    sudo: z
      .boolean()
      .default(false)
      .describe('Whether "sudo -n" is used for what only root may read: firewall, sudoers, crontabs of users.'),
    paths: z.array(RemoteGlob).default([]).describe('Files of the host to compare by digest.'),
    facts: Texts.optional().describe('Files of Ansible facts (JSON) or Puppet facts (YAML). Paths or globs.'),
    kinds: z.array(z.enum(kindNames)).min(1).optional().describe('Kinds to read; all when left out.'),
    concurrency: z.int().min(1).max(64).default(8).describe('Hosts read at the same time.'),
    timeout: z.number().positive().max(3600).default(60).describe('Seconds one host may take.'),
    limit: z
      .int()
      .positive()
      .default(16 * 2 ** 20)
      .describe('Bytes one command may print.'),
  })
  .refine((settings) => (settings.hosts === undefined) !== (settings.facts === undefined), {
    error: 'Give either "hosts" or "facts"',
  })
  .superRefine(({ hosts, username, keyFrom, passwordFrom, agentFrom, knownHosts }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (!hosts) return;
    if (username === undefined) refuse('"hosts" need a "username"');
    if (!keyFrom && !passwordFrom && !agentFrom) refuse('Name a credential: keyFrom, agentFrom or passwordFrom');
    const bare = hosts.find((host) => host.fingerprint === undefined);
    if (bare && knownHosts === undefined)
      refuse(`Nothing tells the key of ${bare.name}: give knownHosts or fingerprint`);
    const names = hosts.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) refuse(`Two hosts are called ${twice}`);
  });
export type HostSettings = z.infer<typeof HostSettings>;
