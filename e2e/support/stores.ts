import { startPostgres } from '../../checks/postgres-server.ts';

/** Where a story's server keeps what it knows. */
export interface StoryStore {
  readonly name: string;
  /** URL of a database; undefined for the embedded store, `skipped` where PostgreSQL is not installed. */
  open(): Promise<{ readonly database?: string; readonly skipped?: string; stop(): Promise<void> }>;
}

export const stores: readonly StoryStore[] = [
  { name: 'PGlite', open: async () => ({ stop: async () => undefined }) },
  {
    name: 'PostgreSQL',
    async open() {
      const server = await startPostgres();
      if ('skipped' in server) return { skipped: server.skipped, stop: async () => undefined };
      return { database: server.url, stop: () => server.stop() };
    },
  },
];
