import { readFileSync } from 'node:fs';

/** What the parent asked for: JSON on standard input. */
export function question<T>(): T {
  return JSON.parse(readFileSync(0, 'utf8')) as T;
}

/** What the parent is told: JSON on standard output. */
export function answer(value: unknown): void {
  process.stdout.write(JSON.stringify(value));
}

/**
 * Seconds of processor time that this process, with its threads, spends on something. On one core this is the time it
 * takes, less what other programs take of the core meanwhile.
 */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
