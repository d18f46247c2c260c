import { ProblemError, problem } from '@leeway/core';
import type { Person } from '@leeway/store';
import type { ServerContext } from '../context.ts';
import { isPassword } from './passwords.ts';
import { localSubject } from './set-up.ts';
import { allowsLocal } from './settings.ts';

/** Whom a name and password are. Problem LW8103, the same whatever is wrong with them. */
export async function checkLocalAccount(
  { store, estate, now, signIn }: Pick<ServerContext, 'store' | 'estate' | 'now' | 'signIn'>,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<Person> {
  const { people } = store.identity;
  const { name: estateName } = estate.current().estate;
  const person = allowsLocal(signIn())
    ? await people.find(estateName, { issuer: '', subject: localSubject(name) })
    : undefined;
  const isRight = await isPassword(password, person?.password);
  if (!person || !isRight || person.disabledAt !== undefined) throw new ProblemError(problem('LW8103'));
  return people.signedIn(estateName, { ...person, lastSeenAt: now().toISOString() });
}
