import { existsSync } from 'node:fs';
import { missingCommands, openPlace, type Place } from '../place.ts';
import type { Drift, ExpectedFinding, LabService, Side } from '../service.ts';
import { type Erp, openErp, type Rpc, version } from './tryton/rpc.ts';
import { find, first, seed } from './tryton/seed.ts';

const ports = { staging: { web: 18000, database: 25432 }, production: { web: 18001, database: 25433 } } as const;
const modules = ['company', 'party', 'product', 'sale', 'purchase', 'stock', 'account', 'account_invoice'];
const passwords = { admin: 'hx3Ld-lab7Qz', reader: 'vy7Kq-lab4Sr' };
const bin = '/usr/lib/postgresql/15/bin';

const server = (side: Side) => `http://127.0.0.1:${ports[side].web}`;
const databaseOf = (side: Side) => `erp_${side}`;
const open = ({ side }: Place) => openErp(`${server(side)}/${databaseOf(side)}/`, 'admin', passwords.admin);

export const service: LabService = {
  id: 'tryton',
  title: 'Tryton',
  packages: ['tryton-server', 'tryton-modules-all', 'python3-psycopg2', 'postgresql'],
  available: () => missingCommands('trytond', 'trytond-admin', `${bin}/postgres`),
  async up(place) {
    await startDatabase(place);
    const template = (await openPlace('tryton', 'install')).folder;
    const dump = `${template}/template.dump`;
    // One database is made, which takes a minute and a half; both sides are its clones.
    if (place.side === 'production') await makeTemplate(place, dump);
    await place.until('the template', async () => existsSync(dump), 2400);
    await cloneTemplate(place, dump);
    const config = await writeConfig(place);
    await place.start('trytond', '/usr/bin/trytond', ['-c', config, '-d', databaseOf(place.side)]);
    await place.until('ready', async () => (await version(server(place.side))) !== '');
  },
  fill: async (place) => seed(await open(place), passwords),
  drifts: [
    drift('shipping-by-hand', {
      apply: ({ rpc }) => rpc('sale.configuration', 'write', [1], { sale_shipment_method: 'manual' }),
      undo: ({ rpc }) => rpc('sale.configuration', 'write', [1], { sale_shipment_method: 'order' }),
      finding: {
        kind: 'tryton.sale.configuration',
        key: 'all companies',
        path: '/sale_shipment_method',
        says: 'has shipping of sales by hand',
      },
    }),
    drift('rounding-of-one-company', {
      apply: async (erp) => (await inGermany(erp))('account.configuration', 'write', [1], { tax_rounding: 'document' }),
      undo: async (erp) => (await inGermany(erp))('account.configuration', 'write', [1], { tax_rounding: 'line' }),
      finding: {
        kind: 'tryton.account.configuration',
        key: 'Noordzee Logistik GmbH',
        path: '/tax_rounding',
        says: 'has tax rounding per document',
      },
    }),
    change('job-switched-off', {
      model: 'ir.cron',
      domain: [['method', '=', 'ir.trigger|trigger_time']],
      from: { active: true },
      to: { active: false },
      finding: { kind: 'tryton.ir.cron', key: 'ir.trigger|trigger_time', path: '/active', says: 'is switched off' },
    }),
    change('right-granted', {
      model: 'ir.model.access',
      domain: [
        ['model.model', '=', 'account.tax'],
        ['group', '=', null],
      ],
      from: { perm_write: false },
      to: { perm_write: true },
      finding: {
        kind: 'tryton.ir.model.access',
        key: 'account.tax/everyone',
        path: '/perm_write',
        says: 'allows changing',
      },
    }),
    change('numbers-renamed', {
      model: 'ir.sequence',
      domain: [
        ['name', '=', 'Sales'],
        ['company.party.name', 'like', '%BV'],
      ],
      from: { prefix: 'NL-' },
      to: { prefix: 'TEST-' },
      finding: {
        kind: 'tryton.ir.sequence',
        key: 'Sales/Noordzee Distributie BV',
        path: '/prefix',
        says: 'has prefix TEST-',
      },
    }),
    change('tax-lowered', {
      model: 'account.tax',
      domain: [['name', '=', 'BTW 21%']],
      from: { rate: { __class__: 'Decimal', decimal: '0.21' } },
      to: { rate: { __class__: 'Decimal', decimal: '0.19' } },
      finding: {
        kind: 'tryton.account.tax',
        key: 'Noordzee Distributie BV/BTW 21%',
        path: '/rate',
        says: 'has rate 0.19',
      },
    }),
    drift('aisle-added', {
      async apply({ rpc }) {
        const parent = await find(rpc, 'stock.location', [['code', '=', 'STO']]);
        await first(rpc, 'stock.location', { name: 'Aisle C', code: 'C', type: 'storage', parent });
      },
      async undo({ rpc }) {
        const made = (await rpc('stock.location', 'search', [['code', '=', 'C']], 0, null, null)) as number[];
        await rpc('stock.location', 'delete', made);
      },
      finding: { kind: 'tryton.stock.location', key: 'Storage Zone/Aisle C', path: '' },
    }),
  ],
  sources: {
    erp: {
      connector: 'tryton',
      observed: {
        url: 'http://127.0.0.1:{port}',
        database: '{database}',
        user: 'leeway.reader',
        passwordFrom: 'TRYTON_PASSWORD',
      },
    },
  },
  parameters: {
    staging: { port: ports.staging.web, database: databaseOf('staging') },
    production: { port: ports.production.web, database: databaseOf('production') },
  },
  variables: { TRYTON_PASSWORD: passwords.reader },
};

interface Steps {
  readonly apply: (erp: Erp) => Promise<unknown>;
  readonly undo: (erp: Erp) => Promise<unknown>;
  readonly finding: ExpectedFinding;
}

function drift(name: string, { apply, undo, finding }: Steps): Drift {
  return {
    name,
    apply: async (place) => void (await apply(await open(place))),
    undo: async (place) => void (await undo(await open(place))),
    findings: [finding],
  };
}

interface Change {
  readonly model: string;
  readonly domain: readonly unknown[];
  readonly from: object;
  readonly to: object;
  readonly finding: ExpectedFinding;
}

/** Values of one record, and back. */
function change(name: string, { model, domain, from, to, finding }: Change): Drift {
  const write =
    (values: object) =>
    async ({ rpc }: Erp) =>
      rpc(model, 'write', [await find(rpc, model, domain)], values);
  return drift(name, { apply: write(to), undo: write(from), finding });
}

async function inGermany(erp: Erp): Promise<Rpc> {
  return erp.as(await find(erp.rpc, 'company.company', [['party.name', 'like', '%GmbH']]));
}

async function startDatabase(place: Place): Promise<void> {
  const data = `${place.folder}/pg`;
  if (!existsSync(data)) {
    await place.run(`${bin}/initdb`, [
      '-D',
      data,
      '-U',
      'tryton',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
    ]);
  }
  const port = `${ports[place.side].database}`;
  const options = ['-D', data, '-h', '127.0.0.1', '-p', port, '-k', place.folder, '-c', 'fsync=off'];
  await place.start('postgres', `${bin}/postgres`, options);
  await place.until('database', () => psql(place, 'postgres', 'select 1').then(() => true));
}

async function makeTemplate(place: Place, dump: string): Promise<void> {
  if (existsSync(dump)) return;
  const name = 'erp_template';
  await psql(place, 'postgres', `drop database if exists ${name}`);
  await psql(place, 'postgres', `create database ${name}`);
  const config = await writeConfig(place);
  const environment = { TRYTONPASSFILE: await place.write('password', `${passwords.admin}\n`, 0o600) };
  const admin = (...args: readonly string[]) =>
    place.run('/usr/bin/trytond-admin', ['-c', config, '-d', name, ...args], { environment, timeout: 1200 });
  await admin('--all', '--email', 'ops@noordzee.example');
  await admin('-u', ...modules, '--activate-dependencies');
  // Written beside and moved: the other side waits for the whole file.
  await place.run(`${bin}/pg_dump`, [...connection(place), '-Fc', '-f', `${dump}.part`, name]);
  await place.run('mv', [`${dump}.part`, dump]);
}

async function cloneTemplate(place: Place, dump: string): Promise<void> {
  const name = databaseOf(place.side);
  const known = await psql(place, 'postgres', `select 1 from pg_database where datname = '${name}'`);
  if (known.trim() !== '') return;
  await psql(place, 'postgres', `create database ${name}`);
  await place.run(`${bin}/pg_restore`, [...connection(place), '-d', name, dump]);
}

function writeConfig(place: Place): Promise<string> {
  const { web, database } = ports[place.side];
  const lines = [
    '[database]',
    `uri = postgresql://tryton@127.0.0.1:${database}/`,
    `path = ${place.folder}/files`,
    '[web]',
    `listen = 127.0.0.1:${web}`,
    `root = ${place.folder}`,
  ];
  return place.write('trytond.conf', `${lines.join('\n')}\n`);
}

const connection = ({ side }: Place) => ['-h', '127.0.0.1', '-p', `${ports[side].database}`, '-U', 'tryton'];

function psql(place: Place, database: string, sql: string): Promise<string> {
  return place.run(`${bin}/psql`, [...connection(place), '-d', database, '-XAtqc', sql]);
}
