import type { ReadContext } from '@leeway/connector-kit';
import { type ConnectionSettings, decodeText, urlPassword } from '../schema.ts';

/** Everything needed to connect, settings and URL put together. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly sslMode: SslMode;
  readonly ca: string | undefined;
  /** For messages: `db.example:5432/orders`. */
  readonly label: string;
}

export type SslMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

const sslModes: readonly string[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Reads the CA file and the password the settings name. Throws ProblemError for a file that cannot be read. */
export async function findTarget(settings: ConnectionSettings, context: ReadContext): Promise<Target> {
  const url = settings.url === undefined ? undefined : new URL(settings.url);
  const host = settings.host ?? hostOf(url);
  const port = settings.port ?? (Number(url?.port) || 5432);
  const user = settings.user ?? (decodeText(url?.username ?? '') || context.variable('PGUSER') || 'postgres');
  const database = settings.database ?? (decodeText(url?.pathname.slice(1) ?? '') || user);
  const ca = settings.sslRootCert;
  return {
    host,
    port,
    user,
    database,
    password: settings[urlPassword] ?? context.variable(settings.passwordFrom ?? 'PGPASSWORD'),
    sslMode: settings.sslMode ?? sslModeOf(url?.searchParams.get('sslmode')),
    ca: ca === undefined ? undefined : new TextDecoder().decode(await context.files.read(ca, 2 ** 20)),
    label: `${host}:${port}/${database}`,
  };
}

/** A host may also stand in the query: `postgres:///db?host=/var/run/postgresql`. */
function hostOf(url: URL | undefined): string {
  const name = url?.hostname.replace(/^\[|\]$/g, '') || url?.searchParams.get('host') || 'localhost';
  return decodeText(name);
}

function sslModeOf(mode: string | null | undefined): SslMode {
  return sslModes.includes(mode ?? '') ? (mode as SslMode) : 'prefer';
}
