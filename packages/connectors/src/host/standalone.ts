import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { HostSettings } from './settings.ts';

/** Settings for files of facts; told by the names that stand near their beginning. */
export function recogniseFacts(
  target: StandaloneTarget,
): { readonly settings: HostSettings; readonly confidence: number } | undefined {
  const found = standaloneFiles(target, ['**/*.{json,yaml,yml}']);
  if (!found) return undefined;
  const { head = '' } = target;
  const ansible = /"ansible_(?:facts|distribution|all_ipv4_addresses)"/.test(head);
  const puppet = /^(?:aio_agent_version|augeasversion|facterversion|kernelrelease|mountpoints):/m.test(head);
  const confidence = ansible ? 0.95 : puppet ? 0.8 : 0;
  return { settings: HostSettings.parse({ facts: [...found.files] }), confidence };
}
