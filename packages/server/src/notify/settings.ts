import { severities } from '@leeway/core';
import { z } from 'zod';
import { patterns, settingName, timeZone, variableName } from '../settings/values.ts';

const timeOfDay = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
  .meta({ title: 'a time of day', examples: ['"22:00"'] });

const quietHours = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  zone: timeZone.default('UTC'),
  except: z
    .enum([...severities, 'nothing'])
    .default('critical')
    .describe('From which severity on a message comes all the same.'),
});

const common = {
  quiet: quietHours.optional().describe('Hours in which messages wait; what gathered comes as one at their end.'),
  resolved: z.boolean().default(false).describe('Whether it is told as well that something is no longer so.'),
};
const allowInternal = z
  .array(z.string().min(1).max(300))
  .max(50)
  .default([])
  .describe('Host names inside the own network that may be called; any other address there is refused.');

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slack'), url: variableName, allowInternal, ...common }),
  z.strictObject({ kind: z.literal('teams'), url: variableName, allowInternal, ...common }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: variableName,
    secret: variableName.describe('Variable with the key messages are signed with.'),
    allowInternal,
    ...common,
  }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    key: variableName.describe('Variable with the routing key of an Events API v2 integration.'),
    endpoint: z.url().default('https://events.pagerduty.com/v2/enqueue'),
    allowInternal,
    ...common,
  }),
  z.strictObject({
    kind: z.literal('opsgenie'),
    key: variableName,
    endpoint: z.url().default('https://api.opsgenie.com/v2/alerts'),
    allowInternal,
    ...common,
  }),
  z.strictObject({
    kind: z.literal('email'),
    server: variableName.describe('Variable with the address of the mail server: smtps://user:password@host:port.'),
    from: z.string().min(3).max(300),
    to: z.array(z.string().min(3).max(300)).min(1).max(100),
    allowInternal,
    ...common,
  }),
]);

/** `notifications:` of server.yaml: where news goes, and which news goes where. */
export const notificationSettings = z.strictObject({
  channels: z.record(settingName, channel).default({}),
  routes: z
    .array(
      z.strictObject({
        channel: settingName,
        owners: patterns.default([]).describe('All owners where none are named.'),
        environments: patterns.default([]).describe('All environments where none are named.'),
        severity: z.enum(severities).default('high').describe('From which severity on.'),
      }),
    )
    .max(200)
    .default([]),
});
export type NotificationSettings = z.output<typeof notificationSettings>;
export type ChannelSettings = NotificationSettings['channels'][string];
export type RouteSettings = NotificationSettings['routes'][number];
