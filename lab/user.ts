import { execFileSync, spawnSync } from 'node:child_process';

/** Who services run as: user and group ids, or nobody else when we are not root ourselves. */
export interface LabUser {
  readonly uid: number;
  readonly gid: number;
}

const name = 'lab';

let known: LabUser | undefined;

/** The unprivileged user services run as, made when we are root and it is not there; ourselves otherwise. */
export function labUser(): LabUser {
  known ??= findUser();
  return known;
}

/** True when services run as somebody else than we do. */
export const isRoot = (): boolean => process.getuid?.() === 0;

function findUser(): LabUser {
  if (!isRoot()) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (spawnSync('id', ['-u', name]).status !== 0) {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  }
  const id = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
