// A worker in a process of its own, to be killed: node paged-worker.ts '<PagedServerOptions and concurrency as JSON>'.
import { startWorker } from '../jobs/worker.ts';
import { openPagedServer, type PagedServerOptions } from './paged-server.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as PagedServerOptions & { readonly concurrency: number };
const server = await openPagedServer(options);
const worker = await startWorker(server.context, server.queue, options);
process.stdout.write('ready\n');
process.once('SIGTERM', async () => {
  await worker.close();
  await server.close();
  process.exit(0);
});
