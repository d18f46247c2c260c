import { ProblemError, problem } from '@leeway/core';
import type { Person, Token } from '@leeway/store';
import type { settingsContracts } from '../contract/settings.ts';
import { noteForAudit } from '../http/audited.ts';
import type { HandlersOf } from '../http/call.ts';
import { grantsOf } from '../identity/authenticate.ts';
import { hashPassword } from '../identity/passwords.ts';
import { type Grant, permissions } from '../identity/permissions.ts';
import { mayHandOn } from '../identity/scope.ts';
import { localAccount } from '../identity/set-up.ts';
import { createToken, listTokens, personId, revokeToken } from '../identity/tokens.ts';

type Access = Pick<
  typeof settingsContracts,
  'listTokens' | 'createToken' | 'revokeToken' | 'listPeople' | 'addLocalAccount' | 'disableAccount'
>;

export const accessHandlers: HandlersOf<Access> = {
  async listTokens({ principal }, context) {
    const [tokens, names] = await Promise.all([listTokens(context, principal), ownerNames(context)]);
    return { items: tokens.map((token) => tellToken(token, names.get(token.owner))) };
  },

  async createToken({ principal, body, request }, context) {
    const { token, secret } = await createToken(context, principal, body);
    noteForAudit(request, { subject: token.id, detail: { expiresAt: token.expiresAt } });
    return { token: tellToken(token, principal.name), secret };
  },

  async revokeToken({ principal, params }, context) {
    await revokeToken(context, principal, params.id);
  },

  async listPeople({ query }, { store, estate, signIn }) {
    const after = query.cursor === undefined ? undefined : readPeopleCursor(query.cursor);
    const page = await store.identity.people.list(estate.current().estate.name, after, query.limit + 1);
    const items = page.items.slice(0, query.limit);
    const last = items.at(-1);
    return {
      items: items.map((person) => ({
        person: tellPerson(person),
        local: person.issuer === '',
        groups: [...person.groups],
        grants: grantsOf(person, signIn()).map(tellGrant),
        ...(person.lastSeenAt !== undefined && { lastSeenAt: person.lastSeenAt }),
        disabled: person.disabledAt !== undefined,
      })),
      total: page.total,
      ...(page.items.length > query.limit && last && { next: peopleCursor(last) }),
    };
  },

  async addLocalAccount({ principal, body, request }, { store, estate, now }) {
    const { name, password, role, environments, workloads } = body;
    const grant: Grant = {
      role,
      ...(environments.length > 0 && { environments }),
      ...(workloads.length > 0 && { workloads }),
    };
    if (!mayHandOn(principal, grant)) {
      throw new ProblemError(problem('LW8117', { name: principal.name, role }));
    }
    const person = localAccount(name, await hashPassword(password), [grant], now().toISOString());
    if (!(await store.identity.people.add(estate.current().estate.name, person))) {
      throw new ProblemError(problem('LW8109', { name }));
    }
    noteForAudit(request, { subject: person.id });
    return tellPerson(person);
  },

  async disableAccount({ principal, params }, { store, estate, now, signIn }) {
    const { name } = estate.current().estate;
    // Whoever locks themselves out may be the last who could let anybody in.
    if (personId(principal) === params.id) throw new ProblemError(problem('LW8111'));
    const person = await store.identity.people.get(name, params.id);
    if (person && !grantsOf(person, signIn()).every((grant) => mayHandOn(principal, grant))) {
      throw new ProblemError(problem('LW8002', { name: principal.name, permission: 'access:manage', scope: '' }));
    }
    if (!(await store.identity.people.disable(name, params.id, now().toISOString()))) {
      throw new ProblemError(problem('LW8003', { what: 'account', id: params.id }));
    }
    await store.identity.sessions.endAll(name, params.id);
  },
};

const longestList = 10_000;

async function ownerNames({ store, estate }: Parameters<typeof listTokens>[0]): Promise<ReadonlyMap<string, string>> {
  const { items } = await store.identity.people.list(estate.current().estate.name, undefined, longestList);
  return new Map(items.map(({ id, name }) => [id, name]));
}

function tellToken(token: Token, owner: string | undefined) {
  return {
    id: token.id,
    name: token.name,
    kind: token.kind,
    owner: owner ?? token.owner,
    prefix: token.prefix,
    permissions: permissions.filter((permission) => token.permissions.includes(permission)),
    environments: [...token.environments],
    createdAt: token.createdAt,
    expiresAt: token.expiresAt,
    ...(token.usedAt !== undefined && { lastUsedAt: token.usedAt }),
    ...(token.revokedAt !== undefined && { revokedAt: token.revokedAt }),
  };
}

function tellPerson({ id, name, email }: Person) {
  return { id, name, kind: 'person' as const, ...(email !== undefined && { email }) };
}

function tellGrant({ role, environments, workloads }: Grant) {
  return {
    role,
    ...(environments && { environments: [...environments] }),
    ...(workloads && { workloads: [...workloads] }),
  };
}

function peopleCursor({ name, id }: Person): string {
  return Buffer.from(JSON.stringify(['people', name, id])).toString('base64url');
}

function readPeopleCursor(cursor: string): { readonly name: string; readonly id: string } {
  try {
    const [list, name, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as readonly unknown[];
    if (list === 'people' && typeof name === 'string' && typeof id === 'string') return { name, id };
  } catch {
    // Told below, whatever it is.
  }
  throw new ProblemError(problem('LW8004', { where: 'querystring/cursor', reason: 'it is not one this list gave' }));
}
