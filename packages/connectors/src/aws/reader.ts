import type { Draft } from '../shared/cloud/jobs.ts';
import type { Region } from './client/request.ts';

export { type Draft, nameApart } from '../shared/cloud/jobs.ts';

/** What reads some kinds from one service. */
export interface Reader {
  /** What is read, for `leeway sources check`. */
  readonly title: string;
  readonly kinds: readonly string[];
  /** Permissions in IAM's words. */
  readonly actions: readonly string[];
  /** Read once an account, not once a region. */
  readonly isGlobal?: boolean;
  read(aws: Region): AsyncGenerator<Draft>;
}
