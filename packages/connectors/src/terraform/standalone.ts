import type { StandaloneTarget } from '@leeway/connector-kit';
import type { TerraformSettings } from './settings.ts';

/** Settings for files that look like a state or a plan. States have format version 1.0, plans 1.1 and above. */
export function recogniseTerraform({
  paths,
  head = '',
}: StandaloneTarget): { readonly settings: TerraformSettings; readonly confidence: number } | undefined {
  if (!paths?.length) return undefined;
  const files = [...paths];
  if (files.every((path) => path.endsWith('.tfstate'))) return { settings: { state: files }, confidence: 1 };
  const isShown = /^\s*\{\s*"format_version"\s*:/.test(head) && head.includes('"terraform_version"');
  if (!isShown) return /"lineage"\s*:/.test(head) ? { settings: { state: files }, confidence: 0.9 } : undefined;
  const isPlan =
    /"format_version"\s*:\s*"1\.[1-9]/.test(head) || /"(?:planned_values|resource_changes)"\s*:/.test(head);
  return { settings: isPlan ? { plan: files } : { state: files }, confidence: 0.95 };
}
