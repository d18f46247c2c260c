import type { JsonObject, Result } from '@leeway/core';
import type { HostingClient } from './client.ts';
import type { DeployEnvironment, Protection } from './schema.ts';

/** A repository as later questions need it. */
export interface Repository {
  /** owner/name. */
  readonly name: string;
  /** Branch whose files are read. */
  readonly branch: string;
  readonly attributes: JsonObject;
}

export interface DeployKey {
  readonly title: string;
  /** As in authorized_keys. */
  readonly key: string;
  readonly readOnly: boolean;
}

export interface HostedFile {
  readonly path: string;
  readonly text: string;
}

/** Who changed a file last. */
export interface LastChange {
  readonly actor?: string;
  readonly at?: string;
}

type Named<T> = readonly (readonly [name: string, value: T])[];

/** What each hosting is asked in its own way; a question that it cannot answer is left out. */
export interface Provider {
  /** Where code owners may stand; the first one counts. */
  readonly codeOwnerPaths: readonly string[];
  /** Folders with pipelines, or files that are one. */
  readonly pipelinePaths: readonly string[];
  repositoriesOf(client: HostingClient, owner: string): Promise<Result<readonly string[]>>;
  repository(client: HostingClient, name: string): Promise<Result<Repository>>;
  branches(client: HostingClient, repository: Repository): Promise<Result<Named<Protection>>>;
  keys(client: HostingClient, repository: Repository): Promise<Result<readonly DeployKey[]>>;
  environments?(client: HostingClient, repository: Repository): Promise<Result<Named<DeployEnvironment>>>;
  /** Paths of the files in a folder, or the path itself where it is a file; none where there is nothing. */
  filesAt(client: HostingClient, repository: Repository, path: string): Promise<Result<readonly string[]>>;
  file(client: HostingClient, repository: Repository, path: string): Promise<Result<string | undefined>>;
  lastChange(client: HostingClient, repository: Repository, path: string): Promise<Result<LastChange>>;
}

/** A path inside a URL. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Text of a file as the APIs send it. */
export function decodeContent(content: string): string {
  return Buffer.from(content, 'base64').toString('utf8');
}

/** Only what says something: no empty lists, nothing undefined. */
export function stated<T extends object>(fields: { readonly [Field in keyof T]: T[Field] | undefined }): T {
  const kept = Object.entries(fields).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null,
  );
  return Object.fromEntries(kept) as T;
}
