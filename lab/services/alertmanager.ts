import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = { staging: 19193, production: 19195 } as const;

const configuration = `route:
  receiver: operations
  group_by: [alertname, warehouse]
  routes:
    - receiver: pager
      matchers: ['severity="page"']
      repeat_interval: 1h
receivers:
  - name: operations
  - name: pager
    webhook_configs: [{url: 'http://127.0.0.1:9/hook/lab-hook-token-52af'}]
inhibit_rules:
  - source_matchers: ['severity="page"']
    target_matchers: ['severity="ticket"']
    equal: [warehouse]
`;

const url = ({ side }: Place, path: string) => `http://127.0.0.1:${ports[side]}${path}`;

async function load(place: Place, text: string): Promise<void> {
  await place.write('alertmanager.yml', text);
  const answer = await fetch(url(place, '/-/reload'), { method: 'POST' });
  if (!answer.ok) throw new Error(`Alertmanager did not load the configuration: ${await answer.text()}`);
}

const current = (place: Place) => readFile(join(place.folder, 'alertmanager.yml'), 'utf8');

/** A change of the configuration and its way back; both reload the server. */
function drift(name: string, from: string, to: string, findings: Drift['findings']): Drift {
  return {
    name,
    apply: async (place) => load(place, (await current(place)).replace(from, to)),
    undo: async (place) => load(place, (await current(place)).replace(to, from)),
    findings,
  };
}

export const service: LabService = {
  id: 'alertmanager',
  title: 'Alertmanager',
  packages: ['prometheus-alertmanager'],
  available: () => missingCommands('prometheus-alertmanager'),
  async up(place) {
    const config = await place.write('alertmanager.yml', configuration);
    await place.start('alertmanager', 'prometheus-alertmanager', [
      `--config.file=${config}`,
      `--storage.path=${place.folder}/data`,
      `--web.listen-address=127.0.0.1:${ports[place.side]}`,
      // Its gossip would listen on every interface.
      '--cluster.listen-address=',
    ]);
    await place.until('ready', async () => (await fetch(url(place, '/-/ready'))).ok);
  },
  fill: (place) => load(place, configuration),
  drifts: [
    drift('repeats-less', 'repeat_interval: 1h', 'repeat_interval: 12h', [
      {
        kind: 'alertmanager.route',
        key: 'root > severity="page"',
        path: '/repeat_interval',
        says: 'repeats after 12h',
      },
    ]),
    drift('inhibits-wider', 'equal: [warehouse]', 'equal: [alertname]', [
      { kind: 'alertmanager.inhibition', key: 'severity="page" over severity="ticket"', path: '/equal' },
    ]),
  ],
  sources: { routing: { connector: 'alertmanager', observed: { url: 'http://127.0.0.1:{port}' } } },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: {},
};
