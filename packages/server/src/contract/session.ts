import { z } from 'zod';
import { permissions, roles } from '../identity/permissions.ts';
import type { Contracts } from './contract.ts';

export const grant = z
  .object({
    role: z.enum(roles),
    environments: z.array(z.string()).optional(),
    workloads: z.array(z.string()).optional(),
  })
  .meta({ id: 'Grant', description: 'A role where it holds: everywhere, or in what the patterns name.' });

export const person = z
  .object({ id: z.string(), name: z.string(), email: z.string().optional(), kind: z.enum(['person', 'machine']) })
  .meta({ id: 'Person' });

export const me = z
  .object({
    person,
    grants: z.array(grant),
    permissions: z.array(z.enum(permissions)).describe('Held somewhere; a grant says where.'),
    csrf: z.string().optional().describe('To be sent as x-csrf-token with every write of a session; tokens need none.'),
    estate: z.object({
      name: z.string(),
      title: z.string(),
      isExample: z.boolean(),
      revision: z.string(),
      asOf: z.string().optional(),
    }),
    version: z.string(),
  })
  .meta({ id: 'Me' });

export const sessionContracts = {
  getMe: {
    method: 'GET',
    url: '/me',
    summary: 'Who is signed in, and what they may do',
    tag: 'session',
    access: 'signed-in',
    response: me,
  },
  listSignInWays: {
    method: 'GET',
    url: '/session/ways',
    summary: 'How one can sign in here',
    tag: 'session',
    access: 'public',
    beforeSetUp: true,
    response: z.object({
      oidc: z.object({ title: z.string(), url: z.string() }).optional(),
      local: z.boolean().describe('Whether there are local accounts.'),
      setUp: z.boolean().describe('Whether the server waits for the one-time link it printed.'),
    }),
  },
  useSetUpLink: {
    method: 'POST',
    url: '/session/set-up',
    summary: 'Uses the one-time link: makes the first administrator and signs them in',
    tag: 'session',
    access: 'public',
    beforeSetUp: true,
    body: z.object({
      link: z.string().min(20).max(200),
      name: z.string().trim().min(1).max(120),
      password: z.string().min(12).max(400),
    }),
    status: 204,
  },
  signIn: {
    method: 'POST',
    url: '/session',
    summary: 'Signs in with a local account',
    tag: 'session',
    access: 'public',
    body: z.object({ name: z.string().min(1).max(120), password: z.string().min(1).max(400) }),
    status: 204,
  },
  signOut: {
    method: 'DELETE',
    url: '/session',
    summary: 'Ends this session',
    tag: 'session',
    access: 'signed-in',
    response: z.object({
      next: z
        .string()
        .optional()
        .describe('Where the identity provider ends its own session, when one signed in there.'),
    }),
  },
} as const satisfies Contracts;
