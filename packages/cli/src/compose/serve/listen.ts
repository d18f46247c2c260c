import { failed, ok, problem, type Result } from '@leeway/core';
import type { FastifyInstance } from '@leeway/server';

/** What a call under way has to end before its connection is cut. */
const graceMilliseconds = 30_000;

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'the host name is not known',
};

/** Listens, and says where. Problem LW8106. */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Result<string>> {
  try {
    return ok(await app.listen({ port, host }));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
    if (reason === undefined) throw error;
    return failed(problem('LW8106', { host, port, reason }));
  }
}

/** Takes no more calls and waits for those under way, but not for ever. */
export async function closeInTime(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMilliseconds);
  await app.close();
  clearTimeout(cut);
}
