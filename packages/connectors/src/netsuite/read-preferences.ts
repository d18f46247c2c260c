import type { ReadContext } from '@leeway/connector-kit';
import { requestShape } from '@leeway/connector-kit/request-shape.ts';
import { type JsonObject, ok, type Resource, type Result } from '@leeway/core';
import { z } from 'zod';
import type { NetSuiteSettings } from './settings.ts';
import { type Authorize, systemOf } from './sign-in.ts';
import { preferences } from './tables.ts';

/** Values by name, by group of preferences. */
const Groups = z.record(z.string().min(1), z.record(z.string(), z.json()));

/** What the RESTlet of the connector's page answers: a resource for each group of preferences. */
export async function readPreferences(
  settings: NetSuiteSettings,
  url: string,
  authorize: Authorize,
  context: ReadContext,
): Promise<Result<readonly Resource[]>> {
  const headers = { 'content-type': 'application/json', authorization: authorize('GET', url) };
  const asked = {
    url,
    system: systemOf(settings),
    what: 'the preferences',
    permission: 'the RESTlet of the preferences',
    init: { headers },
  };
  const answer = await requestShape(context, asked, Groups);
  if (!answer.ok) return answer;
  const groups = Object.entries(answer.value as Readonly<Record<string, JsonObject>>);
  const { name: kind } = preferences;
  return ok(groups.map(([key, attributes]) => ({ kind, key, attributes, origin: { place: kind } })));
}
