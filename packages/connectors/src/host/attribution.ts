import type { Origin } from '@leeway/core';
import type { KindName } from './kinds.ts';
import { linesOf } from './parse/lines.ts';

/** Who changed what last, as a host's logs tell it. */
export type Attribution = (kind: KindName, key: string | undefined) => Origin;

const nobody: Origin = {};

/**
 * Reads dpkg.log and the history of apt for packages, the log of sign-ins for users and groups. The logs write local time:
 * the host's present offset is taken for all of it.
 */
export function readLogs(text: (probe: string) => string): Attribution {
  const [, offset = '+0000'] = /^offset (\S+)$/m.exec(text('time')) ?? [];
  const [, year = ''] = /^year (\d{4})$/m.exec(text('time')) ?? [];
  const zone = `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const packages = packageChanges(text('dpkg_log'), text('apt_history'), zone);
  const accounts = accountChanges(text('auth_log'), year, zone);
  return (kind, key = '') => {
    if (kind === 'host.package') return packages.get(key) ?? packages.get(key.replace(/:.*$/, '')) ?? nobody;
    if (kind === 'host.user' || kind === 'host.group') return accounts.get(key) ?? nobody;
    return nobody;
  };
}

function packageChanges(log: string, history: string, zone: string): ReadonlyMap<string, Origin> {
  const changes = new Map<string, Origin>();
  for (const line of linesOf(log)) {
    const [, date, time, name] = /^(\S+) (\S+) (?:install|upgrade) ([^ :]+)/.exec(line) ?? [];
    if (name !== undefined) changes.set(name, { at: `${date}T${time}${zone}`, via: 'dpkg' });
  }
  for (const entry of history.split(/\n\s*\n/)) {
    const origin = aptOrigin(entry, zone);
    if (origin) for (const [, name = ''] of entry.matchAll(changedPackage)) changes.set(name, origin);
  }
  return changes;
}

/** `Install: curl:amd64 (7.88.1), …` */
const changedPackage = /(?:^(?:Install|Upgrade|Downgrade|Reinstall): |, )([a-z\d][a-z\d+.-]*):[a-z\d-]+ \(/gm;

function aptOrigin(entry: string, zone: string): Origin | undefined {
  const [, date, time] = /^Start-Date: (\S+) +(\S+)$/m.exec(entry) ?? [];
  const [, actor] = /^Requested-By: (\S+)/m.exec(entry) ?? [];
  const [, command = 'apt'] = /^Commandline: (?:\S*\/)?(\S+)/m.exec(entry) ?? [];
  return date === undefined ? undefined : { at: `${date}T${time}${zone}`, via: command, ...(actor && { actor }) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function accountChanges(log: string, year: string, zone: string): ReadonlyMap<string, Origin> {
  const changes = new Map<string, Origin>();
  let last: { readonly actor: string; readonly command: string } | undefined;
  for (const line of linesOf(log)) {
    const at = timeOf(line, year, zone);
    const [, actor = '', command = ''] = /sudo(?:\[\d+\])?:\s+(\S+) : .*COMMAND=(.*)$/.exec(line) ?? [];
    if (actor !== '') last = { actor, command };
    const [, via, name = ''] =
      /(useradd|groupadd|usermod)\[\d+\]: .*?(?:name=|(?:user|add) '|to (?:group|shadow group) ')([\w.-]+)/.exec(
        line,
      ) ?? [];
    if (at === undefined || via === undefined) continue;
    const who = last?.command.includes(name) ? { actor: last.actor } : {};
    changes.set(name, { at, via, ...who });
  }
  return changes;
}

/** `2026-05-04T…+02:00` of newer rsyslog; `May  4 10:00:00`, which lacks the year, of older. */
function timeOf(line: string, year: string, zone: string): string | undefined {
  const [iso] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/.exec(line) ?? [];
  if (iso !== undefined) return iso;
  const [, month = '', day = '', time] = /^(\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) /.exec(line) ?? [];
  const index = months.indexOf(month);
  if (index === -1 || year === '') return undefined;
  return `${year}-${String(index + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${time}${zone}`;
}
