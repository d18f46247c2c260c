import type { ProblemEntry } from '../registry.ts';

/** Problems of the store: snapshots, findings and their history. */
export const storeProblems = {
  LW6001: {
    title: 'Database unreachable',
    message: '{store} cannot be reached: {reason}.',
    hint: 'Check that the server runs and that --database or LEEWAY_DATABASE_URL names it correctly.',
    status: 503,
  },
  LW6002: {
    title: 'Store in use',
    message: '{store} is in use by process {pid} since {since}; the embedded store has one writer at a time.',
    hint: 'Wait for that process or stop it, add --no-store, or share a PostgreSQL server with --database.',
    status: 409,
  },
  LW6003: {
    title: 'Disk full',
    message: 'There is no space left for {store}.',
    hint: 'Free some space and run again; everything acknowledged so far is kept.',
    status: 507,
  },
  LW6004: {
    title: 'Store unreadable',
    message: '{store} cannot be opened: {reason}.',
    hint: 'Restore it from a backup, or move it away to start with an empty history.',
    status: 500,
  },
  LW6005: {
    title: 'Embedded database stopped',
    message: 'The database inside {store} stopped unexpectedly: {reason}.',
    hint: 'Run again: everything acknowledged is kept. If it happens again, report it with "leeway doctor".',
    status: 500,
  },
  LW6006: {
    title: 'Store not writable',
    message: '{store} cannot be written: {reason}.',
    hint: 'Make the folder writable for this user, name another one, or add --no-store.',
    status: 500,
  },
  LW6007: {
    title: 'Store is newer',
    message: '{store} has schema {found}; this Leeway knows schemas up to {known}.',
    hint: 'Install the newer Leeway that wrote it.',
    status: 409,
  },
  LW6008: {
    title: 'Migration failed',
    message: 'The migration {migration} failed on {store}: {reason}.',
    hint: 'Nothing was changed. Mend the cause and run again.',
    status: 500,
  },
  LW6009: {
    title: 'Migration differs',
    message: '{store} was migrated with another text of {migration} than this Leeway carries.',
    hint: 'Use an official release of Leeway, or start with a new store.',
    status: 409,
  },
  LW6010: {
    title: 'Stored data lost',
    message: '{count} {what} that should be in the store are missing, the first is {id}.',
    hint: 'Scan again to rebuild the newest snapshot; restore the store from a backup for older ones.',
    status: 500,
  },
  LW6011: {
    title: 'Store too slow',
    message: 'A statement on {store} ran longer than {seconds} s and was stopped.',
    hint: 'Check the load of the machine or server, then run again.',
    status: 504,
  },
  LW6012: {
    title: 'Database refused',
    message: '{store} refused: {reason}.',
    hint: 'Check user, password and grants: Leeway needs to own the schema "leeway" or to be allowed to create it.',
    status: 403,
  },
  LW6013: {
    title: 'Invalid database URL',
    message: 'The database URL is not usable: {reason}.',
    hint: 'Write it as postgresql://user:password@host:5432/database.',
    status: 422,
  },
} as const satisfies Record<string, ProblemEntry>;
