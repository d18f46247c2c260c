import { authorizationOf, type CheckLine, type ReadContext, type Reading, requestShape } from '@leeway/connector-kit';
import { type NewSystemSettings, Parameters } from './schema.ts';

const system = 'New system';
const kind = 'new-system.parameter';

/** Reads every parameter. What goes wrong is a notice, and then the kind is not complete: absence would mean nothing. */
export async function* readNewSystem(settings: NewSystemSettings, context: ReadContext): AsyncIterable<Reading> {
  const headers = authorizationOf(context, settings, system);
  if (!headers.ok) return yield* headers.problems.map((problem): Reading => ({ type: 'notice', problem }));
  const place = settings.url.replace(/\/+$/, '');
  const request = {
    url: `${place}/parameters`,
    system,
    what: 'the parameters',
    permission: 'read parameters',
    init: { headers: headers.value },
  };
  const answer = await requestShape(context, request, Parameters);
  if (!answer.ok) return yield* answer.problems.map((problem): Reading => ({ type: 'notice', problem, kind }));
  for (const { name, value } of answer.value) {
    yield { type: 'resource', resource: { kind, key: name, attributes: { value }, origin: { place } } };
  }
  yield { type: 'complete', kind };
}

/** Says for each kind whether it can be read. */
export async function checkNewSystem(settings: NewSystemSettings, context: ReadContext): Promise<readonly CheckLine[]> {
  const lines: CheckLine[] = [];
  for await (const reading of readNewSystem(settings, context)) {
    if (reading.type === 'complete') lines.push({ what: reading.kind, ok: true });
    if (reading.type === 'notice') lines.push({ what: reading.kind ?? system, ok: false, problem: reading.problem });
  }
  return lines;
}
