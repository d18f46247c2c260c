import type { StandaloneTarget } from '@leeway/connector-kit';
import { standaloneFiles } from '@leeway/connector-kit/standalone-files.ts';
import { RabbitmqSettings } from './settings.ts';

/** Settings for a definitions file; told by the version that stands at its beginning. */
export function recogniseRabbitmq(
  target: StandaloneTarget,
): { readonly settings: RabbitmqSettings; readonly confidence: number } | undefined {
  if (target.url !== undefined) {
    if (!/^https?:/.test(target.url)) return undefined;
    const settings = RabbitmqSettings.safeParse({ url: target.url });
    return settings.success
      ? { settings: settings.data, confidence: /rabbit/i.test(target.url) ? 0.8 : 0.05 }
      : undefined;
  }
  const found = standaloneFiles(target, ['**/*.json']);
  const head = target.head ?? '';
  const confidence = /"rabbit(?:mq)?_version"/.test(head) ? 0.95 : /"vhosts"\s*:/.test(head) ? 0.7 : 0;
  return found && { settings: RabbitmqSettings.parse({ files: [...found.files] }), confidence };
}
