import type { Client } from 'pg';
import type { Listen } from '../signals/signals.ts';

const firstPause = 250;
const longestPause = 15_000;
/** A connection that says nothing may be dead: it is asked this often, and given up when no answer comes in time. */
const askMilliseconds = 10_000;

/**
 * Listens on a connection of its own, which is made again whenever it breaks. The first one must succeed: the caller
 * learns that there is no database.
 */
export function createListen(connect: () => Promise<Client>): Listen {
  return async (channel, onMessage, onReconnect) => {
    const listener = new Listener(connect, channel, onMessage, onReconnect);
    await listener.open();
    return listener;
  };
}

class Listener {
  readonly #connect: () => Promise<Client>;
  readonly #channel: string;
  readonly #onMessage: (text: string) => void;
  readonly #onReconnect: () => void;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = firstPause;
  #isClosed = false;

  constructor(
    connect: () => Promise<Client>,
    channel: string,
    onMessage: (text: string) => void,
    onReconnect: () => void,
  ) {
    this.#connect = connect;
    this.#channel = channel;
    this.#onMessage = onMessage;
    this.#onReconnect = onReconnect;
  }

  async open(): Promise<void> {
    const client = await this.#connect();
    if (this.#isClosed) return client.end();
    this.#client = client;
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ payload }) => this.#onMessage(payload ?? ''));
    await client.query(`LISTEN ${client.escapeIdentifier(this.#channel)}`);
    this.#pause = firstPause;
    this.#ask(client);
    this.#onReconnect();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  #ask(client: Client): void {
    this.#timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.#client === client && !this.#isClosed && this.#ask(client),
        () => this.#lose(client),
      );
    }, askMilliseconds);
    this.#timer.unref();
  }

  #lose(client: Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    client.end().catch(() => undefined);
    this.#retry();
  }

  #retry(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.open().catch(() => this.#isClosed || this.#retry()), this.#pause);
    this.#timer.unref();
    this.#pause = Math.min(longestPause, this.#pause * 2);
  }
}
