import type { Connector } from '@leeway/connector-kit';
import { hostKinds } from './kinds.ts';
import { checkHosts, readHosts } from './read.ts';
import { HostSettings } from './settings.ts';
import { recogniseFacts } from './standalone.ts';

export const connector: Connector<HostSettings> = {
  id: 'host',
  title: 'Hosts',
  summary:
    'Packages, services, users, firewall, ports, mounts and files of hosts, over SSH without an agent or from facts.',
  settings: HostSettings,
  kinds: hostKinds,
  verification: { state: 'verified', against: 'Debian 12 over OpenSSH 9.2, as an unprivileged user' },
  permissions: [
    'an account that may sign in over SSH and run /bin/sh',
    'with sudo: true, in sudoers NOPASSWD: /usr/sbin/nft -s list ruleset, /usr/sbin/iptables-save, /usr/bin/grep -r -H "" /etc/sudoers /etc/sudoers.d, /usr/bin/grep -r -H "" /var/spool/cron, /usr/sbin/sysctl -a',
    'for who and when of users: the group adm (auth.log)',
  ],
  check: checkHosts,
  read: readHosts,
  standalone: recogniseFacts,
};
