/** Formats of settings and configuration that Leeway parses. */
export const formats = ['json', 'yaml', 'toml', 'ini', 'properties', 'dotenv'] as const;
export type Format = (typeof formats)[number];

const extensions: Readonly<Record<string, Format>> = {
  json: 'json',
  tfstate: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  ini: 'ini',
  cfg: 'ini',
  cnf: 'ini',
  properties: 'properties',
  env: 'dotenv',
};

/** Format by file name: `.env`, `.env.production` and `production.env` are dotenv; undefined when the name does not tell. */
export function formatOf(path: string): Format | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === '.env' || name.startsWith('.env.')) return 'dotenv';
  const dot = name.lastIndexOf('.');
  return dot === -1 ? undefined : extensions[name.slice(dot + 1)];
}
