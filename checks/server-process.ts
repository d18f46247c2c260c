import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

const startTimeout = 30_000;

/** A port on loopback that nothing listens on just now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Resolves when the server's log says `ready`; rejects with the log when it ends or takes too long. `title` names it. */
export function waitUntilReady(child: ChildProcess, title: string, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const settle = (why?: string) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.stderr?.removeListener('data', read).resume();
      if (why === undefined) return resolve();
      child.stdin?.end();
      reject(new Error(`${title} ${why}:\n${log}`));
    };
    const read = (text: Buffer) => {
      log = `${log}${text}`.slice(-8192);
      if (log.includes(ready)) settle();
    };
    const timer = setTimeout(() => settle('did not start in time'), startTimeout);
    child.once('error', (error) => settle(error.message));
    child.once('exit', () => settle('ended while starting'));
    child.stderr?.on('data', read);
  });
}

/** Ends a server through its supervisor, which waits for standard input to close. */
export function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.ref();
    child.once('exit', () => resolve());
    child.stdin?.end();
  });
}
