import type { Connector } from '@leeway/connector-kit';
import { failed, ok, problem, type Result } from '@leeway/core';
import type { ConnectorDirectory } from '../scan/options.ts';
import type { OpenTarget } from './target.ts';

/** One side with the connector's settings for reading it. */
export interface DetectedSides {
  readonly connector: Connector;
  readonly left: unknown;
  readonly right: unknown;
}

/** Below it, what a connector says is that it could try. */
const leastConfidence = 0.15;

/** The connector both sides are read with: the one named, or the one that is surest of both. Problems: LW2010, LW3015. */
export async function detectConnector(
  left: OpenTarget,
  right: OpenTarget,
  directory: ConnectorDirectory,
  named: string | undefined,
): Promise<Result<DetectedSides>> {
  if (named !== undefined && !directory.ids.includes(named)) {
    return failed(problem('LW3015', { connector: named, allowed: directory.ids.join(', ') }));
  }
  let best: (DetectedSides & { readonly confidence: number }) | undefined;
  for (const id of named ? [named] : likeliestFirst(directory.ids, left.target.url)) {
    const connector = await directory.load(id);
    const found = connector && detect(connector, left, right);
    // A connector that was named is taken at its word.
    if (found && (named !== undefined || found.confidence > (best?.confidence ?? leastConfidence))) best = found;
    if (best?.confidence === 1) break;
  }
  if (best) return ok(best);
  return failed(problem('LW2010', { file: `${left.label} or ${right.label}`, allowed: directory.ids.join(', ') }));
}

/** A scheme mostly is its connector's name, or begins it: the code of the others then need not be loaded. */
function likeliestFirst(ids: readonly string[], url: string | undefined): readonly string[] {
  const scheme = url?.slice(0, url.indexOf(':')) || undefined;
  const isNamed = (id: string) => scheme !== undefined && (id.startsWith(scheme) || scheme.startsWith(id));
  return [...ids.filter(isNamed), ...ids.filter((id) => !isNamed(id))];
}

function detect(connector: Connector, left: OpenTarget, right: OpenTarget) {
  const before = connector.standalone?.(left.target);
  const after = connector.standalone?.(right.target);
  if (!before || !after) return undefined;
  return {
    connector,
    left: before.settings,
    right: after.settings,
    confidence: Math.min(
      confidenceIn(connector, left, before.confidence),
      confidenceIn(connector, right, after.confidence),
    ),
  };
}

/** A folder is as much a connector's as the files in it are, on average; its name says little. */
function confidenceIn(connector: Connector, { samples }: OpenTarget, asGiven: number): number {
  if (samples.length === 0) return asGiven;
  const each = samples.map((sample) => connector.standalone?.(sample)?.confidence ?? 0);
  return each.reduce((sum, confidence) => sum + confidence, 0) / samples.length;
}
