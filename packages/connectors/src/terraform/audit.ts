import { listFiles, type ReadContext, readJsonFile } from '@leeway/connector-kit';
import { failed, type JsonObject, type Origin, ok, type Problem, problem, type Result } from '@leeway/core';
import { z } from 'zod';

/** Who changed something, when and with what. */
type Change = Pick<Origin, 'actor' | 'at' | 'via'>;

export interface AuditEvent {
  /** Names and ARNs of the objects it was about. */
  readonly names: ReadonlySet<string>;
  readonly change: Change;
}

/** Changes by the name of an object, the newest first. */
export type AuditTrail = ReadonlyMap<string, readonly AuditEvent[]>;

const sizeLimit = 64 * 2 ** 20;

/**
 * What `aws cloudtrail lookup-events` prints. Times are ISO 8601, or seconds since the epoch from version 1 of the CLI.
 * See https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html.
 */
const LookupEvents = z.object({
  Events: z.array(
    z.object({
      EventTime: z.union([z.string(), z.number()]),
      Username: z.string().optional(),
      ReadOnly: z.string().optional(),
      Resources: z.array(z.object({ ResourceName: z.string().optional() })).default([]),
      CloudTrailEvent: z.string().optional(),
    }),
  ),
});
type LookupEvent = z.infer<typeof LookupEvents>['Events'][number];

/** The parts of an event's own record that say how it was made. All of them may be missing. */
const EventRecord = z
  .object({ userAgent: z.string(), errorCode: z.string(), sessionCredentialFromConsole: z.string() })
  .partial()
  .catch({});

/** Reads the events of all files named. Problems: LW2001 to LW2008, LW2009 for JSON that is something else. */
export async function readAuditTrail(patterns: readonly string[], context: ReadContext): Promise<Result<AuditTrail>> {
  if (patterns.length === 0) return ok(new Map());
  const paths = await listFiles(context.files, patterns);
  if (!paths.ok) return paths;
  const events: AuditEvent[] = [];
  const problems: Problem[] = [];
  for (const path of paths.value) {
    const found = await readEvents(path, context);
    if (found.ok) events.push(...found.value);
    else problems.push(...found.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(indexEvents(events));
}

async function readEvents(file: string, context: ReadContext): Promise<Result<readonly AuditEvent[]>> {
  const document = await readJsonFile(context.files, file, sizeLimit);
  if (!document.ok) return document;
  const events = parseEvents(document.value.value);
  if (events) return ok(events);
  const expected = 'the output of aws cloudtrail lookup-events';
  return failed(problem('LW2009', { what: 'A JSON document of another kind', expected }, { file }));
}

/** The events of one answer of LookupEvents that changed something; undefined for anything else. */
export function parseEvents(answer: unknown): readonly AuditEvent[] | undefined {
  const parsed = LookupEvents.safeParse(answer);
  return parsed.success ? parsed.data.Events.flatMap(toEvent) : undefined;
}

/** Events that changed something; what only looked, or was refused, did not. */
function toEvent({ EventTime, Username, ReadOnly, Resources, CloudTrailEvent }: LookupEvent): readonly AuditEvent[] {
  const record = EventRecord.parse(parseText(CloudTrailEvent));
  const time = new Date(typeof EventTime === 'number' ? EventTime * 1000 : EventTime);
  if (ReadOnly === 'true' || record.errorCode !== undefined || Number.isNaN(time.getTime())) return [];
  const via = nameTool(record);
  const change = { at: time.toISOString(), ...(Username && { actor: Username }), ...(via && { via }) };
  return [{ names: new Set(Resources.flatMap(({ ResourceName }) => ResourceName ?? [])), change }];
}

function parseText(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function nameTool({ userAgent = '', sessionCredentialFromConsole }: z.infer<typeof EventRecord>): string | undefined {
  if (sessionCredentialFromConsole === 'true') return 'the AWS console';
  const tool = /\b(?:Terraform|OpenTofu|aws-cli)\b/.exec(userAgent)?.[0] ?? /^[\w.-]+/.exec(userAgent)?.[0];
  return tool?.slice(0, 60);
}

export function indexEvents(events: readonly AuditEvent[]): AuditTrail {
  const index = new Map<string, AuditEvent[]>();
  for (const event of [...events].sort((a, b) => ((a.change.at ?? '') < (b.change.at ?? '') ? 1 : -1))) {
    for (const name of event.names) index.set(name, [...(index.get(name) ?? []), event]);
  }
  return index;
}

/** Attributes that together name one object in an audit trail; inline policies are named by what they belong to as well. */
const namings = [['arn'], ['id'], ['identifier'], ['role', 'name'], ['user', 'name'], ['group', 'name']] as const;

/** The last change of an object that the trail tells of. */
export function findLastChange(trail: AuditTrail, attributes: JsonObject): Change {
  const changes = namings.flatMap((fields) => {
    const names = fields.map((field) => attributes[field]).filter((name) => typeof name === 'string');
    if (names.length < fields.length) return [];
    const isNamed = ({ names: known }: AuditEvent) => names.every((name) => known.has(name));
    return trail.get(names[0] ?? '')?.find(isNamed)?.change ?? [];
  });
  return changes.sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? 1 : -1))[0] ?? {};
}
