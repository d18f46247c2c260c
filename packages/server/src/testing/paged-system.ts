import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A system on loopback that gives its resources in pages, after a while or when it is told to. */
export interface PagedSystem {
  readonly url: string;
  /** Pages asked for so far. */
  readonly asked: number;
  /** Most readings of one environment under way at the same time. */
  readonly mostAtOnce: number;
  /** Resolves when `count` pages have been asked for. */
  waitFor(count: number): Promise<void>;
  /** From now on pages come at once, those that were held back first. */
  open(): void;
  close(): Promise<void>;
}

/** `delay`: milliseconds a page takes; `held` ones come when the system is opened. */
export async function startPagedSystem(delay: number | 'held'): Promise<PagedSystem> {
  let asked = 0;
  let isOpen = delay !== 'held';
  let mostAtOnce = 0;
  const held: (() => void)[] = [];
  const waiting = new Set<() => void>();
  const underWay = new Map<string, number>();
  const answer = (environment: string, page: number, response: ServerResponse) => {
    underWay.set(environment, (underWay.get(environment) ?? 1) - 1);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items: [{ name: `setting-${page}`, value: page }] }));
  };
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const environment = searchParams.get('environment') ?? '';
    asked++;
    const now = (underWay.get(environment) ?? 0) + 1;
    underWay.set(environment, now);
    mostAtOnce = Math.max(mostAtOnce, now);
    const reply = () => answer(environment, Number(searchParams.get('page')), response);
    if (!isOpen) held.push(reply);
    else if (delay === 'held' || delay === 0) reply();
    else setTimeout(reply, delay);
    for (const wake of waiting) wake();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    get mostAtOnce() {
      return mostAtOnce;
    },
    async waitFor(count) {
      while (asked < count) {
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.add(resolve);
        await promise;
        waiting.delete(resolve);
      }
    },
    open() {
      isOpen = true;
      for (const reply of held.splice(0)) reply();
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
