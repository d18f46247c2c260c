import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../../connector-kit/src/testing/scenario.ts';
import { connector } from '../index.ts';
import { framed, greeting, okay } from '../testing/packets.ts';

/** A server that says these bytes in well-formed packets, the first as its greeting. */
async function startTalker(packets: readonly Uint8Array[]): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    for (const [index, body] of packets.entries()) socket.write(framed([body], index * 2));
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

const bytes = fc.uint8Array({ maxLength: 80 });

describe('a server that means no good', () => {
  it.each([
    ['at its greeting', fc.tuple(bytes, bytes)],
    ['at the sign-in', fc.tuple(fc.constant(greeting('10.11.19-MariaDB')), bytes, bytes)],
    [
      'at the first answer',
      fc.tuple(fc.constant(greeting('10.11.19-MariaDB')), fc.constant(okay), bytes, bytes, bytes),
    ],
  ])('%s gets a coded problem', async (_, packets) => {
    await fc.assert(
      fc.asyncProperty(packets, async (said) => {
        const { port, server } = await startTalker(said);
        const settings = { host: '127.0.0.1', port, user: 'r', sslMode: 'disable', statementSeconds: 2 };
        const run = await runScenario(connector, { name: 'x', settings });
        server.close();
        expect(run.notices.map(({ problem }) => problem.code.slice(0, 4))).toEqual(['LW30']);
        expect(run.complete).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
