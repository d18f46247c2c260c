import type { Finding } from '@leeway/core';
import { makeVisible } from './text.ts';

/** A file of the repository with its line, e.g. `deploy/wms.yaml:12:3`. */
interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Reads a place as a file of the repository: relative, with an extension, inside the tree. URLs, addresses and names of
 * live objects are none; a name alone without a line number must at least have a folder to count.
 */
export function parseFilePlace(place: string): FilePlace | undefined {
  const match = /^([^:\s]+\.[A-Za-z][\w-]{0,11})(?::(\d{1,9}))?(?::(\d{1,9}))?(?:\s.*)?$/.exec(place);
  const file = match?.[1];
  if (!file || file.startsWith('/') || file.startsWith('\\') || file.split(/[\\/]/).includes('..')) return undefined;
  if (!match[2] && !file.includes('/')) return undefined;
  return {
    file,
    ...(Number(match[2]) > 0 && { line: Number(match[2]) }),
    ...(Number(match[3]) > 0 && { column: Number(match[3]) }),
  };
}

/** The file that declares the estate: where a finding points that no file of the repository explains. */
const fallback: FilePlace = { file: 'leeway.yaml' };

/** One SARIF location: the file somebody can edit, and the live object as logical location. */
export function locateFinding(found: Finding): object {
  const places = [found.expected.place, found.actual.place].map((place) => place && parseFilePlace(place));
  const { file, line, column } = places.find((place) => typeof place === 'object') ?? fallback;
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
      region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
    },
    logicalLocations: [
      {
        name: makeVisible(found.name),
        fullyQualifiedName: makeVisible(`${found.environment}/${found.kind}/${found.key}${found.path}`),
        kind: 'resource',
      },
    ],
  };
}
