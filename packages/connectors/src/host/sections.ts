import type { KindName } from './kinds.ts';
import { parseGroups, parseSshd, parseSudoers, parseUsers } from './parse/access.ts';
import { findAgents } from './parse/agents.ts';
import { parseFiles, parseFirewall, parseListeners } from './parse/network.ts';
import { parsePackages, parseUpdates } from './parse/packages.ts';
import { parseCron, parseCronScripts, parseTimers, parseUnits } from './parse/services.ts';
import { parseKernel, parseMounts, parseOs, parseSysctl, parseTime } from './parse/system.ts';
import type { Found } from './section.ts';

/** How a kind is made of what probes print. */
export interface Section {
  readonly kind: KindName;
  /** For messages: "denied reading the firewall". */
  readonly what: string;
  /** Probes that must have succeeded. */
  readonly needs: readonly string[];
  /** Probes that may add to it. */
  readonly takes?: readonly string[];
  readonly permission?: string;
  readonly parse: (text: (probe: string) => string) => readonly Found[];
}

const bySudo = (command: string) => `sudo: true, and in sudoers NOPASSWD: ${command}`;

export const sections: readonly Section[] = [
  { kind: 'host.os', what: 'the operating system', needs: ['os'], parse: (text) => parseOs(text('os')) },
  { kind: 'host.kernel', what: 'the kernel', needs: ['kernel'], parse: (text) => parseKernel(text('kernel')) },
  {
    kind: 'host.package',
    what: 'the packages',
    needs: ['packages'],
    takes: ['dpkg_log', 'apt_history'],
    parse: (text) => parsePackages(text('packages')),
  },
  {
    kind: 'host.security-update',
    what: 'pending security updates (package lists)',
    needs: ['updates'],
    parse: (text) => parseUpdates(text('updates')),
  },
  { kind: 'host.sysctl', what: 'kernel settings', needs: ['sysctl'], parse: (text) => parseSysctl(text('sysctl')) },
  {
    kind: 'host.service',
    what: 'the services',
    needs: ['units'],
    takes: ['active'],
    parse: (text) => parseUnits(text('units'), text('active')),
  },
  {
    kind: 'host.timer',
    what: 'the timers',
    needs: ['units', 'timers'],
    parse: (text) => parseTimers(text('units'), text('timers')),
  },
  {
    kind: 'host.cron',
    what: 'the cron tables',
    needs: ['cron'],
    permission: 'read /etc/crontab and /etc/cron.d/*',
    parse: (text) => parseCron(text('cron'), false),
  },
  {
    kind: 'host.cron-script',
    what: 'the cron scripts',
    needs: ['cron_scripts'],
    permission: 'read /etc/cron.daily/* and its like',
    parse: (text) => parseCronScripts(text('cron_scripts')),
  },
  {
    kind: 'host.user-cron',
    what: 'the cron tables of users',
    needs: ['user_cron'],
    permission: bySudo('/usr/bin/grep -r -H "" /var/spool/cron'),
    parse: (text) => parseCron(text('user_cron'), true),
  },
  {
    kind: 'host.user',
    what: 'the users',
    needs: ['passwd', 'group'],
    takes: ['auth_log'],
    parse: (text) => parseUsers(text('passwd'), text('group')),
  },
  {
    kind: 'host.group',
    what: 'the groups',
    needs: ['group'],
    takes: ['auth_log'],
    parse: (text) => parseGroups(text('group')),
  },
  {
    kind: 'host.sudoers',
    what: 'the rules of sudo',
    needs: ['sudoers'],
    permission: bySudo('/usr/bin/grep -r -H "" /etc/sudoers /etc/sudoers.d'),
    parse: (text) => parseSudoers(text('sudoers')),
  },
  {
    kind: 'host.sshd',
    what: 'the settings of sshd',
    needs: ['sshd'],
    permission: 'read /etc/ssh/sshd_config and /etc/ssh/sshd_config.d/*',
    parse: (text) => (text('sshd') === '' ? [] : parseSshd(text('sshd'))),
  },
  {
    kind: 'host.firewall',
    what: 'the firewall',
    needs: ['firewall'],
    permission: bySudo('/usr/sbin/nft -s list ruleset (or /usr/sbin/iptables-save)'),
    parse: (text) => parseFirewall(text('firewall')),
  },
  {
    kind: 'host.listener',
    what: 'open ports',
    needs: ['listeners', 'ports'],
    parse: (text) => parseListeners(text('listeners'), text('ports')),
  },
  {
    kind: 'host.mount',
    what: 'the mounts',
    needs: ['mounts', 'fstab'],
    parse: (text) => parseMounts(text('mounts'), text('fstab')),
  },
  { kind: 'host.time', what: 'the clock', needs: ['time'], parse: (text) => parseTime(text('time')) },
  {
    kind: 'host.file',
    what: 'the files to compare',
    needs: ['files'],
    permission: 'read the files named under "paths"',
    parse: (text) => parseFiles(text('files')),
  },
  {
    kind: 'host.agent',
    what: 'the agents',
    needs: ['packages', 'units'],
    takes: ['active'],
    parse: (text) => findAgents(parsePackages(text('packages')), parseUnits(text('units'), text('active'))),
  },
];

/** Sections of the kinds wanted; files only where paths are named. */
export function wantedSections({
  kinds,
  paths,
}: {
  readonly kinds?: readonly KindName[] | undefined;
  readonly paths: readonly string[];
}): readonly Section[] {
  const chosen = sections.filter(({ kind }) => kinds?.includes(kind) ?? true);
  return paths.length > 0 ? chosen : chosen.filter(({ kind }) => kind !== 'host.file');
}
