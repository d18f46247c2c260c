import type { Received, Signals } from './signals.ts';

/**
 * Signals of the embedded store: it is open in one process, so they need not leave it. What is published in a transaction
 * is heard before it ends, but whoever asks the store then waits for its one connection.
 */
export function localSignals(): Signals {
  const receivers = new Set<(received: Received) => void>();
  return {
    async publish(signal) {
      for (const receive of receivers) setImmediate(receive, signal);
    },
    async subscribe(receive) {
      receivers.add(receive);
      return { close: async () => void receivers.delete(receive) };
    },
  };
}
