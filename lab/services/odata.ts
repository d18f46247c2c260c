import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf } from '../place.ts';
import type { Drift, ExpectedFinding, LabService, Side } from '../service.ts';

const ports = { staging: 18480, production: 18481 } as const;
const serveScript = 'node_modules/@sap/cds/bin/serve.js';
const password = 'Tr0ub4dor-and-3';

const root = (side: Side) => `http://127.0.0.1:${ports[side]}/odata/v4/parameters`;
const part = (name: string) => readFile(new URL(`odata/${name}`, import.meta.url), 'utf8');

interface Entry {
  readonly set: string;
  /** Properties of the key; they stand in the address. */
  readonly key: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const parameter = (Plant: string, ParameterID: string, body: Entry['body']): Entry => ({
  set: 'PlantParameters',
  key: { Plant, ParameterID },
  body: { Active: true, Threshold: null, ValidFrom: '2026-01-01', Quota: null, ...body },
});

const company = (CompanyCode: string, Name: string, Taxes: readonly object[]): Entry => ({
  set: 'CompanyCodes',
  key: { CompanyCode },
  body: { Name, Currency: 'EUR', FiscalVariant: 'K4', Taxes },
});

const waveSize = parameter('1000', 'WMS/WAVE_SIZE', { Value: '40', Threshold: '12.500', Quota: '9007199254740993' });
const atpHorizon = parameter('2000', 'ATP_HORIZON', { Value: '14', Active: false, Threshold: '1.000' });
const added = parameter('2000', 'EDI_PARTNER', { Value: 'NONE' });
const netherlands = (reduced: string) =>
  company('NL01', 'Noordzee Distributie BV', [
    { ID: '8d915a87-2fc1-4d54-be92-bc5c8931ab6b', Code: 'V1', Rate: '21.00' },
    { ID: '427e3621-2a39-4e98-a3b5-54ddda19ffa5', Code: 'V2', Rate: reduced },
  ]);

const content: readonly Entry[] = [
  waveSize,
  parameter('1000', 'EDI_PARTNER', { Value: "O'NEILL" }),
  parameter('1000', 'ATP_HORIZON', { Value: '14', Threshold: '1.000' }),
  parameter('2000', 'WMS/WAVE_SIZE', { Value: '60', Threshold: '12.500', Quota: '0' }),
  atpHorizon,
  netherlands('9.00'),
  company('DE01', 'Noordzee Logistik GmbH', [
    { ID: '1f6bd0c8-86a2-4b5d-9c51-9a5a4a1c6a11', Code: 'V1', Rate: '19.00' },
  ]),
];

const sets = {
  PlantParameters: {},
  CompanyCodes: { expand: ['Taxes'], ignore: ['Taxes/ID', 'Taxes/Company_CompanyCode'] },
};
const source = (version: 2 | 4) => ({
  connector: 'odata',
  observed: {
    url: `http://127.0.0.1:{port}/odata/v${version}/parameters`,
    version,
    username: 'leeway',
    passwordFrom: 'ODATA_PASSWORD',
    entitySets: sets,
  },
});

export const service: LabService = {
  id: 'odata',
  title: 'OData service of SAP CAP',
  packages: [],
  async available() {
    const server = join(folderOf('odata', 'install'), serveScript);
    return existsSync(server) ? undefined : 'packages of npm not installed: npm run lab -- install odata';
  },
  async install(place) {
    await place.write('package.json', await part('package.json'));
    const install = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
    await place.run('npm', install, {
      asSelf: true,
      environment: npmEnvironment(),
      timeout: 300,
    });
  },
  async up(place) {
    await place.write('package.json', await part('package.json'));
    await place.write('server.js', await part('server.js'));
    await place.write('srv/parameters.cds', await part('parameters.cds'));
    await place.run('ln', ['-sfn', join(place.folderOf('odata', 'install'), 'node_modules'), 'node_modules']);
    await place.start('cds', process.execPath, [serveScript, '--port', `${ports[place.side]}`]);
    await place.until('ready', async () => (await ask(place.side, 'GET', '$metadata')).ok);
  },
  async fill({ side }) {
    for (const entry of content) await put(side, entry);
  },
  drifts: [
    change('value-changed', waveSize, { ...waveSize.body, Value: '400' }, [
      { kind: 'odata.PlantParameters', key: '1000/WMS/WAVE_SIZE', path: '/Value', says: 'has value 400' },
    ]),
    change('switched-on', atpHorizon, { ...atpHorizon.body, Active: true }, [
      { kind: 'odata.PlantParameters', key: '2000/ATP_HORIZON', path: '/Active', says: 'has active switched on' },
    ]),
    change('tax-lowered', netherlands('9.00'), netherlands('6.00').body, [
      { kind: 'odata.CompanyCodes', key: 'NL01', path: '/Taxes[Code=V2,Rate=9.00]/Rate', says: '6.00' },
    ]),
    {
      name: 'parameter-added',
      apply: ({ side }) => put(side, added),
      undo: async ({ side }) => void (await ask(side, 'DELETE', addressOf(added), undefined, { 'if-match': '*' })),
      findings: bothVersions([{ kind: 'odata.PlantParameters', key: '2000/EDI_PARTNER', path: '' }]),
    },
  ],
  sources: { 'parameters-v4': source(4), 'parameters-v2': source(2) },
  parameters: { staging: { port: ports.staging }, production: { port: ports.production } },
  variables: { ODATA_PASSWORD: password },
};

/** How npm reaches its registry here is said by the environment of who installs. */
function npmEnvironment(): Readonly<Record<string, string>> {
  const said = /^(?:home|path|npm_config_.*|(?:https?|no)_proxy|node_extra_ca_certs|ssl_cert_(?:file|dir))$/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (said.test(name) && value ? [[name, value]] : [])),
  );
}

/** A record with other values, and back. */
function change(name: string, entry: Entry, body: Entry['body'], findings: readonly ExpectedFinding[]): Drift {
  return {
    name,
    apply: ({ side }) => put(side, { ...entry, body }),
    undo: ({ side }) => put(side, entry),
    findings: bothVersions(findings),
  };
}

/** Both protocols tell of the same service. */
function bothVersions(findings: readonly ExpectedFinding[]): readonly ExpectedFinding[] {
  return findings.flatMap((finding) => ['parameters-v4', 'parameters-v2'].map((source) => ({ ...finding, source })));
}

/** Writes a record whole, whether it is there or not. */
async function put(side: Side, entry: Entry): Promise<void> {
  const replaced = await ask(side, 'PUT', addressOf(entry), entry.body, { 'if-match': '*' });
  if (replaced.ok) return;
  const made = await ask(side, 'POST', entry.set, { ...entry.key, ...entry.body });
  if (!made.ok) throw new Error(`CAP answered ${made.status} for ${addressOf(entry)}: ${await made.text()}`);
}

function addressOf({ set, key }: Entry): string {
  const parts = Object.entries(key).map(
    ([name, value]) => `${name}='${encodeURIComponent(value.replaceAll("'", "''"))}'`,
  );
  return `${set}(${parts.join(',')})`;
}

function ask(
  side: Side,
  method: string,
  path: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`keyuser:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json', 'accept-language': 'en', ...more };
  return fetch(`${root(side)}/${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}
