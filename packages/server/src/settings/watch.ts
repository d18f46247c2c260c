import { createHash } from 'node:crypto';
import { ProblemError } from '@leeway/core';
import { defaultInclude } from '@leeway/estate/schema/estate-file.ts';
import { runGit } from '@leeway/estate/tree/git.ts';
import type { ServerContext } from '../context.ts';
import { settingsFile } from './load.ts';

export type WatchContext = Pick<ServerContext, 'estate' | 'settings' | 'store' | 'log'>;

/** Loads estate and settings anew when their files or Git's HEAD moved. */
export interface EstateWatch {
  /** Looks now: after a push, before a scan. */
  look(): Promise<void>;
  close(): Promise<void>;
}

const lookMilliseconds = 10_000;
const watched = ['leeway.yaml', settingsFile, ...defaultInclude, 'policies/**/*.yaml'];

export async function watchEstate(context: WatchContext): Promise<EstateWatch> {
  const watch = new Watch(context);
  await watch.begin();
  return watch;
}

class Watch implements EstateWatch {
  readonly #context: WatchContext;
  #seen = '';
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(context: WatchContext) {
    this.#context = context;
  }

  async begin(): Promise<void> {
    this.#seen = await this.#fingerprint();
    this.#timer = setInterval(() => void this.look(), lookMilliseconds);
  }

  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { estate, settings, store, log } = this.#context;
    try {
      const now = await this.#fingerprint();
      if (now === this.#seen) return;
      const loaded = await estate.reload();
      await settings.reload();
      this.#seen = now;
      const codes = [...(loaded.ok ? [] : loaded.problems), ...settings.problems()].map(({ code }) => code);
      if (codes.length > 0) log.warn({ codes }, 'the estate moved and has mistakes; what was in force stays');
      else log.info('the estate moved and was loaded anew');
      await store.signals.publish({ estate: estate.current().estate.name, topic: 'estate' });
    } catch (error) {
      log.warn({ err: error }, 'the estate could not be looked at');
    }
  }

  /** Of HEAD and of the files that make the estate: a change that was not committed counts as well. */
  async #fingerprint(): Promise<string> {
    const { directory, options } = this.#context.estate.current();
    const tree = options.files.working;
    const hash = createHash('sha256');
    hash.update((await runGit(directory, ['rev-parse', 'HEAD'])).stdout);
    for (const file of await tree.list(watched)) {
      hash.update(`\0${file}\0`);
      hash.update(await tree.read(file).catch(absent));
    }
    return hash.digest('hex');
  }
}

/** Gone or unreadable between being listed and being read: the next look sees what became of it. */
function absent(error: unknown): Uint8Array {
  if (error instanceof ProblemError) return new Uint8Array();
  throw error;
}
