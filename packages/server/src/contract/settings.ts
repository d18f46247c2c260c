import { z } from 'zod';
import { permissions, roles } from '../identity/permissions.ts';
import type { Contracts } from './contract.ts';
import { grant, person } from './session.ts';
import { instant, pageOf, pageQuery, place, problem, severity } from './words.ts';

export const apiToken = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['personal', 'machine']),
    owner: z.string(),
    /** First characters, so that a person recognises it; the rest is known by its hash only. */
    prefix: z.string(),
    permissions: z.array(z.enum(permissions)),
    environments: z.array(z.string()),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.optional(),
    revokedAt: instant.optional(),
  })
  .meta({ id: 'ApiToken' });

export const delivery = z
  .object({
    id: z.string(),
    channel: z.string(),
    at: instant,
    state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
    attempts: z.number().int(),
    summary: z.string(),
    findings: z.number().int(),
    error: z.string().optional(),
  })
  .meta({ id: 'Delivery' });

export const serverSettings = z
  .object({
    place: place.describe('File of the estate repository that holds them.'),
    text: z.string().describe('That file; secrets in it are names of variables, never values.'),
    problems: z.array(problem),
    signIn: z.object({
      oidc: z.object({ title: z.string(), issuer: z.string(), clientId: z.string() }).optional(),
      local: z.boolean(),
      groups: z.array(z.object({ group: z.string(), grants: z.array(grant) })),
    }),
    schedules: z.array(
      z.object({
        name: z.string(),
        cron: z.string(),
        zone: z.string(),
        environments: z.array(z.string()),
        sources: z.array(z.string()),
        nextRun: instant.optional(),
      }),
    ),
    channels: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        target: z.string().describe('Without secrets.'),
        quiet: z.string().optional(),
      }),
    ),
    routes: z.array(
      z.object({ channel: z.string(), owners: z.array(z.string()), environments: z.array(z.string()), severity }),
    ),
    hooks: z.array(z.object({ name: z.string(), url: z.string(), verified: z.boolean() })),
    hosting: z.object({ kind: z.string(), repository: z.string() }).optional(),
  })
  .meta({
    id: 'ServerSettings',
    description: 'Declared in Git like everything else: changed by a commit, shown here.',
  });

export const settingsContracts = {
  getSettings: {
    method: 'GET',
    url: '/settings',
    summary: 'Sign-in, schedules, notifications and hooks as declared',
    tag: 'settings',
    access: 'settings:read',
    response: serverSettings,
  },
  validateSettings: {
    method: 'POST',
    url: '/settings/validation',
    summary: 'Says what is wrong with a text of the settings file; nothing moves',
    readsOnly: true,
    tag: 'settings',
    access: 'settings:propose',
    body: z.object({ text: z.string().max(200_000) }),
    response: z.object({ problems: z.array(problem) }),
  },
  proposeSettings: {
    method: 'POST',
    url: '/settings/proposals',
    summary: 'Commits a changed settings file on a branch of the estate repository',
    tag: 'settings',
    access: 'settings:propose',
    body: z.object({ text: z.string().max(200_000), reason: z.string().trim().min(3).max(1000) }),
    response: z.object({
      branch: z.string(),
      commit: z.string(),
      pushed: z.boolean(),
      pullRequest: z.string().optional(),
    }),
    status: 201,
  },
  listTokens: {
    method: 'GET',
    url: '/tokens',
    summary: 'One’s own API tokens; all of them for who manages tokens',
    tag: 'settings',
    access: 'signed-in',
    response: z.object({ items: z.array(apiToken) }),
  },
  createToken: {
    method: 'POST',
    url: '/tokens',
    summary: 'Makes an API token; its text is shown once',
    tag: 'settings',
    access: 'signed-in',
    body: z.object({
      name: z.string().trim().min(1).max(120),
      kind: z.enum(['personal', 'machine']).default('personal').describe('Machine tokens need tokens:manage.'),
      permissions: z.array(z.enum(permissions)).min(1),
      environments: z.array(z.string()).default([]),
      days: z.number().int().min(1).max(366),
    }),
    response: z.object({ token: apiToken, secret: z.string() }),
    status: 201,
  },
  revokeToken: {
    method: 'DELETE',
    url: '/tokens/:id',
    summary: 'Revokes a token',
    tag: 'settings',
    access: 'signed-in',
    params: z.object({ id: z.uuid() }),
    status: 204,
  },
  listPeople: {
    method: 'GET',
    url: '/people',
    summary: 'Who signed in here and what they may do',
    tag: 'settings',
    access: 'access:manage',
    query: z.object(pageQuery),
    response: pageOf(
      z.object({
        person,
        local: z.boolean(),
        groups: z.array(z.string()),
        grants: z.array(grant),
        lastSeenAt: instant.optional(),
        disabled: z.boolean(),
      }),
    ),
  },
  addLocalAccount: {
    method: 'POST',
    url: '/people',
    summary: 'Makes a local account',
    tag: 'settings',
    access: 'access:manage',
    body: z.object({
      name: z.string().trim().min(1).max(120),
      password: z.string().min(12).max(400),
      role: z.enum(roles),
      environments: z.array(z.string()).default([]),
      workloads: z.array(z.string()).default([]),
    }),
    response: person,
    status: 201,
  },
  disableAccount: {
    method: 'DELETE',
    url: '/people/:id',
    summary: 'Ends an account and its sessions',
    tag: 'settings',
    access: 'access:manage',
    params: z.object({ id: z.uuid() }),
    status: 204,
  },
  listDeliveries: {
    method: 'GET',
    url: '/notifications/deliveries',
    summary: 'What was sent where, newest first',
    tag: 'settings',
    access: 'settings:read',
    query: z.object(pageQuery),
    response: pageOf(delivery).omit({ total: true }),
  },
  testChannel: {
    method: 'POST',
    url: '/notifications/channels/:channel/test',
    summary: 'Sends a test message',
    tag: 'settings',
    access: 'settings:propose',
    params: z.object({ channel: z.string().max(120) }),
    response: delivery,
  },
} as const satisfies Contracts;
