import { missingCommands, type Place } from '../place.ts';
import type { Drift, LabService } from '../service.ts';

const ports = { staging: 19090, production: 19091 } as const;

const rules = `groups:
- name: orders
  interval: 30s
  rules:
  - alert: OrdersStuck
    expr: sum(increase(orders_done_total[15m])) == 0 and sum(orders_open) > 0
    for: 15m
    labels: {severity: page}
    annotations: {summary: No order left the warehouse for 15 minutes.}
  - record: orders:done:rate5m
    expr: sum by (warehouse) (rate(orders_done_total[5m]))
- name: partners
  rules:
  - alert: EdiSilent
    expr: time() - edi_last_message_timestamp_seconds > 3600
    for: 5m
    labels: {severity: ticket}
`;

const url = ({ side }: Place, path: string) => `http://127.0.0.1:${ports[side]}${path}`;

/** Writes the rules, has the server load them and waits until it serves them. */
async function load(place: Place, text: string): Promise<void> {
  await place.write('rules.yml', text);
  const answer = await fetch(url(place, '/-/reload'), { method: 'POST' });
  if (!answer.ok) throw new Error(`Prometheus did not load the rules: ${await answer.text()}`);
}

/** A change of the rule file and its way back; both reload the server. */
function ruleDrift(name: string, from: string, to: string, findings: Drift['findings']): Drift {
  return {
    name,
    apply: async (place) => load(place, (await currentRules(place)).replace(from, to)),
    undo: async (place) => load(place, (await currentRules(place)).replace(to, from)),
    findings,
  };
}

const currentRules = (place: Place) => place.run('cat', ['rules.yml']);

export const service: LabService = {
  id: 'prometheus',
  title: 'Prometheus',
  packages: ['prometheus'],
  available: () => missingCommands('prometheus'),
  async up(place) {
    const port = ports[place.side];
    await place.write('rules.yml', rules);
    const config = await place.write(
      'prometheus.yml',
      `global: {scrape_interval: 15s, evaluation_interval: 15s}\nrule_files: [rules.yml]\n`,
    );
    await place.start('prometheus', 'prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${place.folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.enable-lifecycle',
    ]);
    await place.until('ready', async () => (await fetch(url(place, '/-/ready'))).ok);
  },
  fill: (place) => load(place, rules),
  drifts: [
    ruleDrift('wait-shortened', 'for: 15m', 'for: 0s', [
      { kind: 'prometheus.rule.alerting', key: 'orders/OrdersStuck', path: '/for', says: 'fires after 0s' },
    ]),
    ruleDrift('rule-renamed', 'alert: EdiSilent', 'alert: PartnerSilent', [
      { kind: 'prometheus.rule.alerting', key: 'partners/EdiSilent', path: '' },
      { kind: 'prometheus.rule.alerting', key: 'partners/PartnerSilent', path: '' },
    ]),
  ],
  sources: { alerts: { connector: 'prometheus', observed: { url: 'http://127.0.0.1:{port}' } } },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: {},
};
