import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FailOn } from '@leeway/engine/scan/options.ts';
import type { Io } from './io.ts';
import type { EstateRequest } from './use-cases.ts';

/** Options of one command as parsed, read by type. */
export class OptionBag {
  readonly #values: Readonly<Record<string, unknown>>;
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  /** True for `--no-name`. */
  isOff(name: string): boolean {
    return this.#values[name] === false;
  }

  /** Values of an option that may be repeated; undefined when it was not given. */
  list(name: string): readonly string[] | undefined {
    const value = this.#values[name];
    return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
  }
}

/** What the global options and the environment variables say. */
export interface Settings {
  readonly format: string;
  readonly output: string | undefined;
  readonly failOn: FailOn;
  readonly strict: boolean;
  readonly showApproved: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly colour: boolean;
  readonly width: number;
  readonly estate: EstateRequest;
}

export function readSettings(options: OptionBag, io: Io): Settings {
  const output = options.text('output');
  const toFile = output !== undefined && output !== '-';
  return {
    format: options.text('format') ?? 'table',
    output: toFile ? resolve(io.workingDirectory, output) : undefined,
    failOn: (options.text('failOn') ?? 'low') as FailOn,
    strict: options.flag('strict'),
    showApproved: options.flag('showApproved'),
    quiet: options.flag('quiet'),
    verbose: options.flag('verbose'),
    colour: !toFile && wantsColour(options, io),
    width: measureTerminal(io),
    estate: readEstateRequest(options, io),
  };
}

function readEstateRequest(options: OptionBag, io: Io): EstateRequest {
  const directory = options.text('estate');
  const ref = options.text('ref');
  const database = options.text('database') ?? io.environment['LEEWAY_DATABASE_URL'];
  const now = options.text('now');
  return {
    directory: directory === undefined ? findEstate(io.workingDirectory) : resolve(io.workingDirectory, directory),
    workingDirectory: io.workingDirectory,
    ...(ref !== undefined && { ref }),
    ...(database !== undefined && database !== '' && { database }),
    keep: !options.isOff('store'),
    now: now === undefined ? io.now() : new Date(now),
    nowIsGiven: now !== undefined,
    variable: (name) => io.environment[name],
    signal: io.signal,
  };
}

/** The nearest folder upwards that holds a leeway.yaml, as Git looks for its own; else where we are. */
function findEstate(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'leeway.yaml'))) return folder;
    if (dirname(folder) === folder) return start;
  }
}

/** no-color.org: NO_COLOR counts when it is not empty. FORCE_COLOR asks for colour where stdout is no terminal. */
function wantsColour(options: OptionBag, io: Io): boolean {
  const { environment } = io;
  if (environment['NO_COLOR'] || options.isOff('color')) return false;
  if (environment['FORCE_COLOR']) return environment['FORCE_COLOR'] !== '0';
  return io.stdout.isTerminal && environment['TERM'] !== 'dumb';
}

const usualWidth = 80;

function measureTerminal(io: Io): number {
  const columns = io.stdout.columns || Number(io.environment['COLUMNS']);
  return Number.isInteger(columns) && columns > 0 ? columns : usualWidth;
}
