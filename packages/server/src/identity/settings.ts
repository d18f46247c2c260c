import { z } from 'zod';
import { type Grant, roles } from './permissions.ts';

const patterns = z.array(z.string().min(1).max(200)).min(1).max(500);

/** A role where it holds; a scope that is written must name something, so that an empty list does not mean everything. */
export const grantSettings = z.strictObject({
  role: z.enum(roles),
  environments: patterns.optional(),
  workloads: patterns.optional(),
});

const oidcSettings = z.strictObject({
  title: z.string().min(1).max(120).default('Single sign-on').describe('What the button says.'),
  issuer: z.url({ protocol: /^https?$/ }).describe('Its discovery document names all else.'),
  clientId: z.string().min(1).max(300),
  clientSecret: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable, never the secret itself')
    .optional()
    .describe('Name of the environment variable that holds it; none for a public client.'),
  scopes: z.array(z.string().regex(/^\S+$/)).max(50).default(['openid', 'profile', 'email']),
  groupsClaim: z.string().min(1).max(200).default('groups'),
  nameClaim: z.string().min(1).max(200).default('name'),
});
export type OidcSettings = z.output<typeof oidcSettings>;

/** `signIn:` of server.yaml: who may sign in, and what their groups may do. */
export const signInSettings = z.strictObject({
  oidc: oidcSettings.optional(),
  local: z
    .boolean()
    .optional()
    .describe(
      'Whether local accounts may sign in; without an identity provider they may, beside one only if this says so.',
    ),
  groups: z
    .record(z.string().min(1).max(300), z.array(grantSettings).min(1).max(100))
    .default({})
    .describe('What members of a group of the identity provider may do.'),
});
export type SignInSettings = z.output<typeof signInSettings>;

/** What counts where server.yaml says nothing of signing in: local accounts. */
export const noSignInSettings: SignInSettings = { groups: {} };

/** Whether local accounts may sign in. */
export function allowsLocal({ local, oidc }: SignInSettings): boolean {
  return local ?? oidc === undefined;
}

/** What the groups of a person may do together. A group nobody named may do nothing. */
export function grantsOfGroups(groups: readonly string[], settings: SignInSettings): readonly Grant[] {
  return groups.flatMap((group) =>
    Object.hasOwn(settings.groups, group) ? asGrants(settings.groups[group] ?? []) : [],
  );
}

const asGrants = (given: readonly z.output<typeof grantSettings>[]): readonly Grant[] =>
  given.map(({ role, environments, workloads }) => ({
    role,
    ...(environments && { environments }),
    ...(workloads && { workloads }),
  }));

/** Grants as they were stored; what is none any more (a role that was removed) counts as nothing. */
export function readGrants(stored: unknown): readonly Grant[] {
  if (!Array.isArray(stored)) return [];
  return asGrants(stored.flatMap((each) => grantSettings.safeParse(each).data ?? []));
}
