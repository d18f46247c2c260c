import type { Found } from '../section.ts';
import { compareText, linesByFile, linesOf, statements } from './lines.ts';

/** Units made for a session, a device or a boot, and states no one chose. */
const passingUnits =
  /^(?:user@|user-runtime-dir@|session-|systemd-fsck@|serial-getty@|container-getty@|modprobe@|lvm2-pvscan@|systemd-backlight@|dbus-:|sshd?@\d)/;
const chosenStates = new Set([
  'enabled',
  'enabled-runtime',
  'disabled',
  'masked',
  'masked-runtime',
  'static',
  'indirect',
]);

/** Units of services and sockets; `state` where a service manager could be asked. */
export function parseUnits(files: string, active: string): readonly Found[] {
  const states = new Map(
    linesOf(active).map((line) => {
      const [name = '', , state = '', sub = ''] = line.trim().replace(/^●\s*/, '').split(/\s+/);
      return [name, runState(state, sub)] as const;
    }),
  );
  return linesOf(files).flatMap((line) => {
    const [name = '', enabled = ''] = line.trim().split(/\s+/);
    if (!/\.(?:service|socket)$/.test(name) || passingUnits.test(name) || !chosenStates.has(enabled)) return [];
    const state = states.get(name);
    return [{ key: name, attributes: { enabled, ...(state && { state }) } }];
  });
}

/** A service that ran to its end and one that was never started are both stopped; what is starting counts as running. */
function runState(active: string, sub: string): string {
  if (active === 'failed') return 'failed';
  if (active === 'active' && sub !== 'exited') return 'running';
  return 'stopped';
}

/** Timers with what their files say of when. Files below /etc come last, and a list set anew there begins empty. */
export function parseTimers(files: string, text: string): readonly Found[] {
  const schedules = new Map<string, string[]>();
  for (const [path, lines] of linesByFile(text)) {
    const [, name] = /\/([^/]+\.timer)(?:\.d\/[^/]+)?$/.exec(path) ?? [];
    if (name === undefined) continue;
    const replaces = path.startsWith('/etc/') && !path.includes('.timer.d/');
    const known = replaces ? [] : (schedules.get(name) ?? []);
    schedules.set(name, lines.reduce(addStatement, known));
  }
  return linesOf(files).flatMap((line) => {
    const [name = '', enabled = ''] = line.trim().split(/\s+/);
    if (!name.endsWith('.timer')) return [];
    const schedule = [...new Set(schedules.get(name) ?? [])].sort(compareText);
    return [{ key: name, attributes: { enabled, schedule } }];
  });
}

function addStatement(known: readonly string[], line: string): string[] {
  const statement = line.trim();
  return statement.endsWith('=') ? known.filter((other) => !other.startsWith(statement)) : [...known, statement];
}

const named = String.raw`@\w+`;
const fields = String.raw`(?:\S+\s+){4}\S+`;
const withUser = new RegExp(String.raw`^(${named}|${fields})\s+(\S+)\s+(.+)$`);
const withoutUser = new RegExp(String.raw`^(${named}|${fields})\s+(.+)$`);

/** Files of jobs: crontab(5). Of users, `user` stands in the path. */
export function parseCron(text: string, perUser: boolean): readonly Found[] {
  return [...linesByFile(text)].flatMap(([path, lines]) => {
    if (/\.(?:dpkg-\w+|rpmsave|rpmnew|swp)$|~$|\.placeholder$/.test(path)) return [];
    const found = statements(lines);
    const jobs = found.flatMap((line) => parseJob(line, perUser));
    const environment = found.flatMap((line) => {
      const [, name, value = ''] = /^([A-Za-z_]\w*) ?= ?(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name, value] as const];
    });
    const key = perUser ? (path.split('/').at(-1) ?? path) : path;
    return [{ key, attributes: { jobs, environment: Object.fromEntries(environment) } }];
  });
}

function parseJob(line: string, perUser: boolean) {
  if (perUser) {
    const [, schedule = '', command = ''] = withoutUser.exec(line) ?? [];
    return command === '' || /^[A-Za-z_]\w* ?=/.test(line) ? [] : [{ schedule, command }];
  }
  const [, schedule = '', user = '', command = ''] = withUser.exec(line) ?? [];
  return command === '' || /^[A-Za-z_]\w* ?=/.test(line) ? [] : [{ schedule, user, command }];
}

/** Scripts that run hourly, daily, weekly or monthly, by their contents. */
export function parseCronScripts(text: string): readonly Found[] {
  return linesOf(text).flatMap((line) => {
    const [, sha256 = '', path = ''] = /^([\da-f]{64})\s+(\/.+)$/.exec(line) ?? [];
    return path === '' || path.endsWith('/.placeholder') ? [] : [{ key: path, attributes: { sha256 } }];
  });
}
