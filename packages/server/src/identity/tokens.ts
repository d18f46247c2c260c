import { randomUUID } from 'node:crypto';
import { ProblemError, problem } from '@leeway/core';
import type { Token } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import type { Permission } from './permissions.ts';
import { may, type Principal } from './principal.ts';
import { hashSecret, newSecret } from './secrets.ts';

type Parts = Pick<ServerContext, 'store' | 'estate' | 'now'>;

export interface TokenWish {
  readonly name: string;
  readonly kind: 'personal' | 'machine';
  readonly permissions: readonly Permission[];
  readonly environments: readonly string[];
  readonly days: number;
}

const dayMilliseconds = 86_400_000;
/** So that a scanner of leaked secrets, and a person, knows what it is. */
const beginning = 'leeway_';
const shownCharacters = beginning.length + 6;

/**
 * Makes a token; its text is known to nobody afterwards. It can never do more than its maker: a personal one has what its
 * owner has at the time of each call, a machine's what its maker had when it was made, both narrowed to what is named.
 * Problems: LW8002 for what the maker may not, LW8108 where a token asks for one.
 */
export async function createToken(
  { store, estate, now }: Parts,
  maker: Principal,
  wish: TokenWish,
): Promise<{ readonly token: Token; readonly secret: string }> {
  if (maker.limits || maker.kind !== 'person') throw new ProblemError(problem('LW8108'));
  const needed: readonly Permission[] =
    wish.kind === 'machine' ? ['tokens:manage', ...wish.permissions] : wish.permissions;
  const lacking = needed.find((permission) => !may(maker, permission));
  if (lacking) throw new ProblemError(problem('LW8002', { name: maker.name, permission: lacking, scope: '' }));
  const secret = `${beginning}${newSecret()}`;
  const at = now();
  const token: Token = {
    id: randomUUID(),
    hash: hashSecret(secret),
    prefix: secret.slice(0, shownCharacters),
    kind: wish.kind,
    owner: personId(maker),
    name: wish.name,
    permissions: wish.permissions,
    environments: wish.environments,
    grants: wish.kind === 'machine' ? maker.grants : [],
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + wish.days * dayMilliseconds).toISOString(),
  };
  await store.identity.tokens.add(estate.current().estate.name, token);
  return { token, secret };
}

/** Tokens of a person; all for who manages tokens. */
export function listTokens({ store, estate }: Parts, principal: Principal): Promise<readonly Token[]> {
  const owner = may(principal, 'tokens:manage') ? undefined : personId(principal);
  return store.identity.tokens.list(estate.current().estate.name, owner);
}

/** Revokes one's own token, or any for who manages tokens. Another's is as if it were not there: LW8003. */
export async function revokeToken({ store, estate, now }: Parts, principal: Principal, id: string): Promise<void> {
  const { name } = estate.current().estate;
  const token = await store.identity.tokens.get(name, id);
  const isOwn = token?.owner === personId(principal) && !principal.limits;
  if (!token || !(isOwn || may(principal, 'tokens:manage'))) {
    throw new ProblemError(problem('LW8003', { what: 'token', id }));
  }
  await store.identity.tokens.revoke(name, id, now().toISOString());
}

/** Id of a person in the store. */
export function personId({ id }: Principal): string {
  return id.replace(/^person:/, '');
}
