import { gunzipSync } from 'node:zlib';
import { failed, type Json, ok, problem, type Result, type Severity } from '@leeway/core';
import { moduleExports } from './module.ts';
import { readTar } from './tar.ts';

/** How the estate enters a compiled Rego bundle. */
export interface BundleSettings {
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  readonly kinds: readonly string[];
  /** Rule that is asked, e.g. `leeway/violations`. */
  readonly entrypoint: string;
}

/** A bundle that was read and looks like one: the module itself is instantiated only in the worker. */
export interface LoadedBundle extends BundleSettings {
  readonly wasm: Uint8Array;
  /** The bundle's `data.json`; empty when it has none. */
  readonly data: Json;
}

/** Largest bundle read, packed and unpacked: compiled policies are a few hundred kB. */
const maximumBytes = 32 * 1024 * 1024;

/** Exports every module of OPA's WebAssembly ABI 1.x has (openpolicyagent.org/docs/wasm). */
const requiredExports = ['opa_wasm_abi_version', 'opa_json_parse', 'opa_malloc', 'entrypoints', 'builtins', 'eval'];

/**
 * Reads what `opa build -t wasm` wrote: the `bundle.tar.gz`, or the `policy.wasm` inside it.
 * Problems: LW5008 (not such a bundle, damaged, too large), LW5009 (the entrypoint is not in it).
 */
export function loadBundle(bytes: Uint8Array, settings: BundleSettings, file: string): Result<LoadedBundle> {
  const refuse = (reason: string): Result<never> => failed(problem('LW5008', { file, reason }, { file }));
  if (bytes.length > maximumBytes) return refuse(`it is larger than ${maximumBytes} bytes`);
  if (isWasm(bytes)) return checkModule(bytes, {}, settings, file);
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return refuse('it is neither a .tar.gz nor a WebAssembly module');
  const files = unpack(bytes);
  if (typeof files === 'string') return refuse(files);
  const wasm = files.get('policy.wasm');
  if (!wasm) return refuse('it holds no policy.wasm (build it with "opa build -t wasm")');
  const data = parseData(files.get('data.json'));
  if (data === undefined) return refuse('its data.json is not JSON');
  const missing = missingEntrypoint(files.get('.manifest'), settings.entrypoint);
  if (missing) return failed(problem('LW5009', { file, entrypoint: settings.entrypoint, allowed: missing }, { file }));
  return checkModule(wasm, data, settings, file);
}

function isWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

function checkModule(wasm: Uint8Array, data: Json, settings: BundleSettings, file: string): Result<LoadedBundle> {
  const names = moduleExports(wasm);
  const absent = requiredExports.filter((name) => !names?.has(name));
  if (absent.length === 0) return ok({ ...settings, wasm, data });
  const reason = names ? `the module does not export ${absent.join(', ')}` : 'the WebAssembly module is damaged';
  return failed(problem('LW5008', { file, reason }, { file }));
}

/** Files of the archive by name without a leading slash, or why there are none. */
function unpack(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | string {
  try {
    const files = readTar(gunzipSync(bytes, { maxOutputLength: maximumBytes }));
    return files ?? 'the archive is damaged';
  } catch {
    return 'the archive is damaged or too large';
  }
}

function parseData(bytes: Uint8Array | undefined): Json | undefined {
  if (!bytes) return {};
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch {
    return undefined;
  }
}

/** The manifest's entrypoints when the wanted one is not among them; undefined when it is, or no manifest tells. */
function missingEntrypoint(manifest: Uint8Array | undefined, entrypoint: string): string | undefined {
  const parsed = parseData(manifest) as { wasm?: readonly { entrypoint?: string }[] } | undefined;
  const names = parsed?.wasm?.map((entry) => entry.entrypoint ?? '') ?? [];
  return names.length === 0 || names.includes(entrypoint) ? undefined : names.join(', ');
}
