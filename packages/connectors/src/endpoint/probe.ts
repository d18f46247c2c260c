import type { X509Certificate } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { JsonObject } from '@leeway/core';
import type { Endpoint } from './settings.ts';

/** What a probe may use: its own time, and who is trusted. */
export interface Around {
  readonly signal: AbortSignal;
  /** Private authorities. */
  readonly own: readonly X509Certificate[];
}

/** Knocks at an endpoint and says what it found. Throws the socket's error, or the signal's reason. */
export type Probe = (endpoint: Endpoint, around: Around) => Promise<JsonObject>;

/** An endpoint that answers, but not in the protocol it was asked in. */
export class OtherProtocol extends Error {}

/** Longest a greeting or a reply in clear text may be. */
const longestReply = 64 * 1024;

/** Opens a connection, hands it to `use`, and throws it away; the signal ends it at any time. */
export async function withSocket<T>(
  { host, port }: Pick<Endpoint, 'host' | 'port'>,
  { signal }: Around,
  use: (socket: Socket) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const socket = connect({ host, port });
  const stop = () => socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    await untilEvent(socket, 'connect');
    return await use(socket);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    socket.on('error', ignore).destroy();
  }
}

export function untilEvent(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose);
      finish();
    };
    const onEvent = () => settle(resolve);
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(hungUp()));
    socket.on(event, onEvent).on('error', onError).on('close', onClose);
  });
}

/** Reads until `isWhole` says so; returns all of it. */
export function readUntil(socket: Socket, isWhole: (received: Buffer) => boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      socket.pause();
      finish();
    };
    const onData = (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (isWhole(received)) settle(() => resolve(received));
      else if (received.length > longestReply) settle(() => reject(new OtherProtocol()));
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(hungUp()));
    socket.on('data', onData).on('error', onError).on('close', onClose).resume();
  });
}

function hungUp(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}

function ignore(): void {
  // A socket that is being thrown away may still report that its peer did not like it.
}
