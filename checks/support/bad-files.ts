import { issue, makeKeyStore } from '../../packages/connectors/src/certificates/testing/issue.ts';
import { secretFiles } from './secret-estate.ts';

/** A file that no connector can read, how it is read, and the code that must say so. */
export interface BadFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Settings of the source, with `FILE` for the path. */
  readonly settings: string;
  readonly expected: RegExp;
}

/** How one kind of file is read, and a file of it in which nothing is wrong. */
interface FileKind {
  readonly extension: string;
  readonly settings: string;
  readonly sound: string;
}

const sound = secretFiles('alpha') as Readonly<Record<string, string>>;
const soundFile = (name: string) => sound[`alpha/${name}`] ?? '';

const jsonKinds: readonly FileKind[] = [
  { extension: 'json', settings: 'connector: settings-files, observed: {files: FILE}', sound: soundFile('app.json') },
  {
    extension: 'dump.json',
    settings: 'connector: kubernetes, observed: {dumps: FILE}',
    sound: soundFile('objects.json'),
  },
  { extension: 'tfstate', settings: 'connector: terraform, observed: {state: FILE}', sound: soundFile('raw.tfstate') },
  { extension: 'plan.json', settings: 'connector: terraform, observed: {plan: FILE}', sound: soundFile('plan.json') },
];

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata: {A: "1", B: "2"}\n';

const yamlKinds: readonly FileKind[] = [
  { extension: 'yaml', settings: 'connector: settings-files, observed: {files: FILE}', sound: soundFile('app.yaml') },
  { extension: 'manifest.yaml', settings: 'connector: kubernetes, observed: {manifests: FILE}', sound: manifest },
  {
    extension: 'rules.yaml',
    settings: 'connector: prometheus, observed: {files: FILE}',
    sound: soundFile('rules.yaml'),
  },
];

const flatKinds: readonly FileKind[] = [
  { extension: 'toml', settings: 'connector: settings-files, observed: {files: FILE}', sound: soundFile('app.toml') },
  { extension: 'ini', settings: 'connector: settings-files, observed: {files: FILE}', sound: soundFile('app.ini') },
  { extension: 'properties', settings: 'connector: settings-files, observed: {files: FILE}', sound: 'a.b=1\n' },
  { extension: 'env', settings: 'connector: settings-files, observed: {files: FILE}', sound: 'A=1\n' },
];

const sql: FileKind = {
  extension: 'sql',
  settings: 'connector: postgresql, observed: {files: [FILE]}',
  sound: 'CREATE TABLE a (id int);\n',
};

const textKinds = [...jsonKinds, ...yamlKinds, ...flatKinds, sql];

const latin1 = (text: string) => Buffer.concat([Buffer.from(text), Buffer.from([0xe9, 0x0a])]);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
const half = (text: string) => text.slice(0, Math.ceil(text.length / 2));

function badFile(what: string, kind: FileKind, content: string | Uint8Array, expected: RegExp): BadFile {
  return { name: `${what}.${kind.extension}`, content, settings: kind.settings, expected };
}

const wronglyEncoded = textKinds.flatMap((kind) => [
  badFile('latin1', kind, latin1(kind.sound), /^LW2003$/),
  badFile('utf16', kind, utf16(kind.sound), /^LW2003$/),
  // Nothing but zeros: what a crash leaves of a file that was being written.
  badFile('zeros', kind, new Uint8Array(4096), /^LW2011$/),
]);

const broken = [
  ...jsonKinds.flatMap((kind) => [
    badFile('truncated', kind, half(kind.sound), /^LW2005$/),
    badFile('empty', kind, '', /^LW200[59]$/),
    badFile('deep', kind, '['.repeat(200_000), /^LW2007$/),
    badFile('deep-objects', kind, '{"a":'.repeat(200_000), /^LW2007$/),
    badFile('twice', kind, '{"a":1,"b":{"c":1,"c":2}}', /^LW2006$/),
  ]),
  ...jsonKinds.slice(1).map((kind) => badFile('shape', kind, '"text"', /^LW2009$/)),
  ...yamlKinds.flatMap((kind) => [
    badFile('truncated', kind, 'a: {b: [1, 2', /^LW2005$/),
    badFile('deep', kind, '['.repeat(50_000), /^LW200[57]$/),
    badFile('deep-blocks', kind, Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), /^LW2007$/),
    badFile('twice', kind, 'a: 1\nb: {c: 1, c: 2}\n', /^LW2006$/),
    badFile('bomb', kind, yamlBomb(), /^LW2008$/),
    badFile('cycle', kind, 'a: &a [*a]\n', /^LW200[58]$/),
    badFile('tag', kind, 'a: !!js/function "function () {}"\n', /^LW200[59]$/),
  ]),
  badFile('shape', yamlKinds[1] as FileKind, 'just: settings\n', /^LW2009$/),
  badFile('shape', yamlKinds[2] as FileKind, 'groups: 7\n', /^LW2009$/),
  badFile('truncated', flatKinds[0] as FileKind, 'a = "b', /^LW2005$/),
  badFile('twice', flatKinds[0] as FileKind, 'a = 1\na = 2\n', /^LW200[56]$/),
  badFile('deep', flatKinds[0] as FileKind, `a = ${'['.repeat(50_000)}`, /^LW200[57]$/),
  badFile('truncated', flatKinds[1] as FileKind, '[section\na=1\n', /^LW2005$/),
  badFile('truncated', sql, 'CREATE TABLE a (id int', /^LW3101$/),
  badFile('quote', sql, "CREATE TABLE a (b text DEFAULT 'x);\n", /^LW2005$/),
  badFile(
    'runaway',
    { ...sql, settings: sql.settings.replace(']}', '], statementSeconds: 1}') },
    'DO $$ BEGIN LOOP END LOOP; END $$;',
    /^LW3103$/,
  ),
  badFile('psql', sql, '\\i other.sql\n', /^LW3102$/),
];

function yamlBomb(): string {
  const levels = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}*a${at}]`);
  return `a0: &a0 [x, x]\n${levels.join('\n')}\n`;
}

const entry = issue({ subject: 'portal.example' });
const certificate = 'connector: certificates, observed: {files: FILE, passwordFrom: P12_PASSWORD}';
const keyStore = makeKeyStore(entry, [], 'right');

const certificates: readonly BadFile[] = [
  { name: 'empty.pem', content: '', settings: certificate, expected: /^LW2009$/ },
  { name: 'truncated.pem', content: half(entry.pem), settings: certificate, expected: /^LW20(05|09)$/ },
  { name: 'garbage.pem', content: entry.pem.replace(/M/g, 'Q'), settings: certificate, expected: /^LW2005$/ },
  { name: 'truncated.der', content: entry.der.subarray(0, 200), settings: certificate, expected: /^LW20(05|09)$/ },
  { name: 'truncated.p12', content: keyStore.subarray(0, 300), settings: certificate, expected: /^LW20(05|09|42)$/ },
  { name: 'locked.p12', content: makeKeyStore(entry, [], 'other'), settings: certificate, expected: /^LW2042$/ },
  { name: 'deep.der', content: new Uint8Array(60_000).fill(0x30), settings: certificate, expected: /^LW20(05|07|09)$/ },
];

/** Every bad file, by a name that says what is wrong with it. */
export const badFiles: readonly BadFile[] = [...wronglyEncoded, ...broken, ...certificates];
