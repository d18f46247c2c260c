import type { StandaloneTarget } from '@leeway/connector-kit';
import { EndpointsSettings } from './settings.ts';

/** Settings for one address; web addresses may be meant in many other ways. */
export function recogniseEndpoint({
  url,
}: StandaloneTarget): { readonly settings: EndpointsSettings; readonly confidence: number } | undefined {
  if (url === undefined) return undefined;
  const settings = EndpointsSettings.safeParse({ endpoints: [{ url, name: 'endpoint' }] });
  if (!settings.success) return undefined;
  return { settings: settings.data, confidence: /^(?:https?|tls):/.test(url) ? 0.1 : 0.9 };
}
