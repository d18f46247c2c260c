// For work on the screens: node e2e/serve-example.ts [port] serves the example estate to an administrator on loopback.
import { administrator, startExample } from './support/example-server.ts';

const server = await startExample({ principal: administrator, port: Number(process.argv[2] ?? 7460) });
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await server.close();
    process.exit(0);
  });
}
