import { ProblemError, problem } from '@leeway/core';

/** Bytes a file may have unless the reader says otherwise: 64 MiB. */
export const defaultFileBytes = 64 * 1024 * 1024;

/** The path without `./` and doubled slashes. Throws LW1019 when it could lead out of the tree. */
export function safePath(path: string): string {
  const names = path.split('/').filter((name, index) => name !== '.' && (name !== '' || index === 0));
  const isOutside = names[0] === '' || names.includes('..') || /^[A-Za-z]:|[\\\0]/.test(path);
  if (isOutside) throw new ProblemError(problem('LW1019', { path: path.replaceAll('\0', '␀') }));
  return names.join('/');
}
