import type { JsonObject } from '@leeway/core';
import type { Found } from '../section.ts';
import { assignments, compareText, linesByFile, linesOf, statements } from './lines.ts';

export function parseOs(text: string): readonly Found[] {
  const found = assignments(text);
  const attributes = {
    id: found.get('ID') ?? 'unknown',
    version: found.get('VERSION_ID') ?? 'rolling',
    name: found.get('PRETTY_NAME') ?? found.get('NAME') ?? 'unknown',
  };
  return [{ attributes }];
}

/** Words of the kernel's command line that name this very machine's disks. */
const ownDisks = /^(?:BOOT_IMAGE|root|resume|initrd|rd\.lvm|rd\.luks|cryptdevice|crashkernel_addr)[=.]/;

export function parseKernel(text: string): readonly Found[] {
  const [release = '', machine = '', line = ''] = text.split('\n');
  const parameters = line.split(' ').filter((word) => word !== '' && !ownDisks.test(word));
  return [{ attributes: { release, machine, parameters } }];
}

/** Keys whose values count, measure or name this very machine or its last boot. */
const volatileKeys =
  /^(?:fs\.(?:dentry-state|file-nr|inode-nr|inode-state|aio-nr|quota\.|binfmt_misc\.|epoll\.max_user_watches|mqueue\.)|kernel\.(?:random\.|pty\.nr|ns_last_pid|hostname|domainname|osrelease|version|tainted|sched_domain|threads-max|bootloader_|cap_last_cap|keys\.|ngroups_max|usermodehelper\.|seccomp\.actions_avail|spl\.|boot_id|acct)|net\.netfilter\.nf_conntrack_(?:count|buckets)|net\.ipv[46]\.(?:conf|neigh)\.(?!all\.|default\.|lo\.)|net\.ipv4\.(?:tcp_(?:r|w)?mem|udp_mem|tcp_max_(?:orphans|tw_buckets|syn_backlog)|tcp_fastopen_key|route\.)|net\.ipv6\.(?:route\.|conf\.[^.]+\.stable_secret)|net\.core\.(?:netdev_rss_key|flow_limit_cpu_bitmap)|vm\.(?:stat_|min_free_kbytes|user_reserve_kbytes|admin_reserve_kbytes|lowmem_reserve_ratio|nr_pdflush)|dev\.|sunrpc\.|user\.max_|abi\.vsyscall_tick)/;

/** A setting of several lines (kernel.core_modes) is printed as often as it has lines: together they are its value. */
export function parseSysctl(text: string): readonly Found[] {
  const values = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, key = '', value = ''] = /^([\w./:@-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (key === '' || volatileKeys.test(key)) continue;
    const known = values.get(key);
    const own = value.trim().replace(/\s+/g, ' ');
    values.set(key, known === undefined ? own : `${known} ${own}`);
  }
  return [...values].map(([key, value]) => ({ key, attributes: { value } }));
}

/** Places that come and go with sessions, containers and packages being run. */
const passingMounts =
  /^\/(?:run\/(?:user|netns|docker|credentials|snapd)|var\/lib\/(?:docker|containers?|containerd|kubelet|lxcfs)|snap|sys|proc|dev\/(?:hugepages|mqueue|pts)|tmp\/snap)(?:\/|$)/;
/** Options that say how large this machine is. */
const sizedOptions =
  /^(?:size|nr_inodes|nr_blocks|mode|uid|gid|inode64|fd|pgrp|pipe_ino|lowerdir|upperdir|workdir)(?:=|$)/;

export function parseMounts(text: string, fstab: string): readonly Found[] {
  const persistent = new Set(statements(fstab.split('\n')).map((line) => unescapeMount(line.split(' ')[1] ?? '')));
  const mounts = new Map<string, Found>();
  for (const line of linesOf(text)) {
    const [source = '', place = '', type = '', options = ''] = line.split(' ').map(unescapeMount);
    if (place === '' || passingMounts.test(place)) continue;
    const kept = options.split(',').filter((option) => !sizedOptions.test(option));
    const attributes = { source, type, options: kept.sort(), persistent: persistent.has(place) };
    // Mounted over each other, the last one counts.
    mounts.set(place, { key: place, attributes });
  }
  return [...mounts.values()];
}

/** Blanks and backslashes in mount tables are octal, see fstab(5). */
const unescapeMount = (text: string) =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const timeSources = /^(?:(server|pool|peer)\s+(\S+)|(?:NTP|FallbackNTP)=(.+))/;

export function parseTime(text: string): readonly Found[] {
  const facts = new Map(linesOf(text).map((line) => line.split(' ', 2) as [string, string]));
  const lines = [...linesByFile(text).values()].flatMap(statements);
  const servers = lines.flatMap((line) => {
    const [, , server, listed] = timeSources.exec(line) ?? [];
    return server === undefined ? (listed?.trim().split(/\s+/) ?? []) : [server];
  });
  const zone = facts.get('zone')?.replace(/^.*\/zoneinfo\//, '');
  const synchronised = facts.get('synchronised');
  const attributes: JsonObject = {
    ...(zone && { zone }),
    servers: [...new Set(servers)].sort(compareText),
    ...(synchronised && { synchronised: synchronised === 'yes' }),
  };
  return [{ attributes }];
}
