import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { type Problem, ProblemError, problem } from '@leeway/core';
import { startGit, startProblem } from './git.ts';

interface Waiting {
  readonly id: string;
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: ProblemError) => void;
}

/**
 * Reads objects through one `git cat-file --batch` for the life of a tree: starting git for each file would cost more
 * than reading it. While nothing is asked the process does not keep Leeway alive.
 */
export class GitBlobs {
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | undefined;
  #waiting: Waiting[] = [];
  #received: Buffer[] = [];
  #size = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(id: string): Promise<Uint8Array> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const child = this.#start();
    this.#waiting.push({ id, resolve, reject });
    hold(child, true);
    child.stdin.write(`${id}\n`);
    return promise;
  }

  /** Ends the process; a later read starts another. */
  close(): void {
    this.#child?.stdin.end();
    this.#child = undefined;
  }

  #start(): ChildProcessWithoutNullStreams {
    if (this.#child) return this.#child;
    const child = startGit(this.#folder, ['cat-file', '--batch']);
    this.#received = [];
    this.#size = 0;
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stderr.resume();
    child.stdout.on('data', (bytes: Buffer) => this.#receive(child, bytes));
    child.on('error', (error) => this.#fail(child, startProblem(error)));
    child.on('close', () => this.#fail(child, problem('LW1023', { what: 'read objects', reason: 'it ended early' })));
    return child;
  }

  #receive(child: ChildProcessWithoutNullStreams, bytes: Buffer): void {
    this.#received.push(bytes);
    this.#size += bytes.length;
    for (let answer = this.#takeAnswer(); answer; answer = this.#takeAnswer()) {
      const waiting = this.#waiting.shift();
      if (answer.bytes) waiting?.resolve(answer.bytes);
      else
        waiting?.reject(
          new ProblemError(problem('LW1023', { what: `read ${waiting.id}`, reason: 'the object is missing' })),
        );
    }
    if (this.#waiting.length === 0) hold(child, false);
  }

  /** Takes one answer, `<id> blob <size>\n<bytes>\n` or `<id> missing\n`, once all of it has come. */
  #takeAnswer(): { readonly bytes?: Uint8Array } | undefined {
    if (this.#size < 1) return undefined;
    const first = this.#received[0] as Buffer;
    const buffer = first.includes(10) ? first : this.#joined();
    const headEnd = buffer.indexOf(10);
    if (headEnd === -1) return undefined;
    const size = /^\S+ \w+ (\d+)$/.exec(buffer.toString('latin1', 0, headEnd))?.[1];
    const end = size === undefined ? headEnd + 1 : headEnd + 1 + Number(size) + 1;
    if (this.#size < end) return undefined;
    const whole = this.#joined();
    this.#received = whole.length > end ? [whole.subarray(end)] : [];
    this.#size = whole.length - end;
    return size === undefined ? {} : { bytes: new Uint8Array(whole.subarray(headEnd + 1, end - 1)) };
  }

  #joined(): Buffer {
    if (this.#received.length > 1) this.#received = [Buffer.concat(this.#received)];
    return this.#received[0] ?? Buffer.alloc(0);
  }

  #fail(child: ChildProcessWithoutNullStreams, found: Problem): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(new ProblemError(found));
  }
}

/** Whether the process and its pipes, which are sockets, keep the event loop alive. */
function hold(child: ChildProcessWithoutNullStreams, keeps: boolean): void {
  const pipes = [child.stdin, child.stdout, child.stderr].filter((pipe) => pipe instanceof Socket);
  for (const part of [child, ...pipes]) {
    if (keeps) part.ref();
    else part.unref();
  }
}
