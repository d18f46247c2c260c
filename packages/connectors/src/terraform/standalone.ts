import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import type { TerraformSettings } from './settings.ts';

/**
 * Settings for files or a folder. States are told from plans by the first bytes: states have format version 1.0, plans
 * 1.1 and above. What is not recognised is taken for a state, without confidence.
 */
export function recogniseTerraform(
  target: StandaloneTarget,
): { readonly settings: TerraformSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, ['**/*.tfstate', '**/*.json']);
  if (!found) return undefined;
  const files = [...found.files];
  const stack = found.key === undefined ? {} : { stack: found.key };
  const { confidence, isPlan } = judgeHead(target);
  return { settings: isPlan ? { plan: files, ...stack } : { state: files, ...stack }, confidence };
}

function judgeHead({ paths = [], head = '' }: StandaloneTarget): {
  readonly confidence: number;
  readonly isPlan: boolean;
} {
  const isShown = /^\s*\{\s*"format_version"\s*:/.test(head) && head.includes('"terraform_version"');
  if (isShown) {
    const isNewer = /"format_version"\s*:\s*"1\.[1-9]/.test(head);
    return { confidence: 0.95, isPlan: isNewer || /"(?:planned_values|resource_changes)"\s*:/.test(head) };
  }
  if (paths.length > 0 && paths.every((path) => path.endsWith('.tfstate'))) return { confidence: 1, isPlan: false };
  return { confidence: /"lineage"\s*:/.test(head) ? 0.9 : 0, isPlan: false };
}
