import { createHash } from 'node:crypto';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import { parseYaml } from '@leeway/formats';

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content);

/** The fingerprint of a public key as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: string): string {
  const [, blob = key] = key.trim().split(/\s+/);
  return `SHA256:${sha256(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '')}`;
}

/** Rules in their order: the last that fits a file names its owners. Sections of GitLab stand before their rules. */
export function readCodeOwners(text: string): JsonObject {
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  return { rules: lines.filter((line) => line !== '').map((line) => line.replaceAll(/\s+/g, ' ')) };
}

/** Fields of workflows and of .gitlab-ci.yml that hold programs. */
const scripts = new Set(['run', 'script', 'before_script', 'after_script']);

/** A pipeline as its file says it, programs by digest; of one that is no YAML, the digest of the whole. */
export function readPipeline(text: string, path: string): JsonObject {
  const parsed = parseYaml(text, path);
  const value = parsed.ok ? parsed.value[0]?.value : undefined;
  if (!isJsonObject(value)) return { digest: digestOf(text) };
  return foldScripts(value) as JsonObject;
}

function foldScripts(value: Json): Json {
  if (isJsonArray(value)) return value.map(foldScripts);
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => {
    const isProgram = scripts.has(name) && !isJsonObject(field);
    return [name, isProgram ? digestOf(textOf(field)) : foldScripts(field)] as const;
  });
  return Object.fromEntries(fields);
}

const textOf = (value: Json): string => (isJsonArray(value) ? value.map(textOf).join('\n') : String(value));
const digestOf = (text: string) => `sha256:${sha256(text.trim()).digest('hex').slice(0, 16)}`;
