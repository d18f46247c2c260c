import type { ScheduleState } from '@leeway/store';
import type { z } from 'zod';
import type { serverSettings } from '../contract/settings.ts';
import { allowsLocal } from '../identity/settings.ts';
import type { ChannelSettings } from '../notify/settings.ts';
import type { ServerSettings } from './schema.ts';

type Document = z.output<typeof serverSettings>;
type Declared = Pick<Document, 'signIn' | 'schedules' | 'channels' | 'routes' | 'hooks' | 'hosting'>;

/** Settings as the API shows them: no secret is in them, nor the value of a variable. */
export function settingsDocument(
  settings: ServerSettings,
  planned: readonly ScheduleState[],
  variable: (name: string) => string | undefined,
): Declared {
  const nextRuns = new Map(planned.map(({ name, nextRun }) => [name, nextRun] as const));
  const { schedules, hooks, notifications, hosting } = settings;
  return {
    signIn: signInOf(settings),
    ...(hosting && { hosting: { kind: hosting.kind, repository: hosting.project } }),
    schedules: Object.entries(schedules).map(([name, { cron, zone, environments, sources }]) => {
      const nextRun = nextRuns.get(name);
      return { name, cron, zone, environments, sources, ...(nextRun !== undefined && { nextRun }) };
    }),
    channels: Object.entries(notifications.channels).map(([name, channel]) => ({
      name,
      kind: channel.kind,
      target: targetOf(channel),
      ...(channel.quiet && { quiet: `${channel.quiet.from}–${channel.quiet.to} ${channel.quiet.zone}` }),
    })),
    routes: notifications.routes.map(({ channel, owners, environments, severity }) => ({
      channel,
      owners,
      environments,
      severity,
    })),
    hooks: Object.entries(hooks).map(([name, { secret }]) => ({
      name,
      url: `/hooks/${name}`,
      verified: (variable(secret) ?? '') !== '',
    })),
  };
}

function signInOf({ signIn }: ServerSettings): Declared['signIn'] {
  const { oidc, groups } = signIn;
  return {
    ...(oidc && { oidc: { title: oidc.title, issuer: oidc.issuer, clientId: oidc.clientId } }),
    local: allowsLocal(signIn),
    groups: Object.entries(groups).map(([group, grants]) => ({
      group,
      grants: grants.map(({ role, environments, workloads }) => ({
        role,
        ...(environments && { environments }),
        ...(workloads && { workloads }),
      })),
    })),
  };
}

function targetOf(channel: ChannelSettings): string {
  switch (channel.kind) {
    case 'email':
      return channel.to.join(', ');
    case 'pagerduty':
    case 'opsgenie':
      return new URL(channel.endpoint).hostname;
    default:
      return `the address in ${channel.url}`;
  }
}
