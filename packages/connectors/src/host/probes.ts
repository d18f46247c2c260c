import type { HostSettings } from './settings.ts';

/**
 * What is asked of a host: shell functions that write to standard output. Ends with 69 (EX_UNAVAILABLE) where the host has no
 * such thing and 77 (EX_NOPERM) where the user may not see it, see sysexits(3).
 */
interface Probe {
  readonly name: string;
  readonly script: string;
}

/** Channels opened on one connection: far below OpenSSH's MaxSessions of 10. */
const groups: readonly (readonly Probe[])[] = [
  [
    { name: 'os', script: 'cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release' },
    { name: 'kernel', script: 'uname -r; uname -m; cat /proc/cmdline' },
    {
      name: 'sysctl',
      script: 'have sysctl || exit 69; if $elevated; then as_root sysctl -a; else sysctl -a; fi; exit 0',
    },
    { name: 'mounts', script: 'cat /proc/self/mounts' },
    { name: 'fstab', script: 'cat /etc/fstab 2>/dev/null; exit 0' },
    {
      name: 'time',
      script: `echo "offset $(date +%z)"; echo "year $(date +%Y)"; echo "zone $(readlink -f /etc/localtime)"
        have timedatectl && echo "synchronised $(timedatectl show -p NTPSynchronized --value)"
        lines_of /etc/chrony/chrony.conf /etc/chrony.conf /etc/chrony/sources.d/* /etc/ntp.conf /etc/ntpsec/ntp.conf \\
          /etc/systemd/timesyncd.conf /etc/systemd/timesyncd.conf.d/*.conf`,
    },
    { name: 'ports', script: 'cat /proc/sys/net/ipv4/ip_local_port_range' },
    { name: 'listeners', script: 'have ss || exit 69; ss -Hltnu' },
  ],
  [
    {
      name: 'packages',
      script: `if have dpkg-query; then
          dpkg-query -W -f='\${Package}\\t\${Architecture}\\t\${Version}\\t\${db:Status-Abbrev}\\n'
        elif have rpm; then rpm -qa --qf '%{NAME}\\t%{ARCH}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\tii\\n'
        else exit 69; fi`,
    },
    {
      name: 'updates',
      script: `if have apt-get; then
          ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1 || exit 66
          apt-get -s -o Debug::NoLocking=true dist-upgrade | grep '^Inst '
        elif have dnf; then dnf -q -C updateinfo list --security | sed 's/^/dnf /'
        else exit 69; fi; exit 0`,
    },
    { name: 'dpkg_log', script: "tail -c 1000000 /var/log/dpkg.log | grep -E '^[^ ]+ [^ ]+ (install|upgrade) '" },
    { name: 'apt_history', script: 'tail -c 300000 /var/log/apt/history.log' },
  ],
  [
    {
      name: 'units',
      script:
        'have systemctl || exit 69; systemctl list-unit-files --no-legend --no-pager --plain --type=service,socket,timer',
    },
    {
      name: 'active',
      script: 'systemctl list-units --all --no-legend --no-pager --plain --type=service,socket,timer || exit 69',
    },
    {
      name: 'timers',
      script: `grep -s -H -E '^(On[A-Za-z]+|RandomizedDelaySec|Persistent|Unit)=' /usr/lib/systemd/system/*.timer \\
        /lib/systemd/system/*.timer /etc/systemd/system/*.timer /etc/systemd/system/*.timer.d/*.conf; exit 0`,
    },
    { name: 'cron', script: 'lines_of /etc/crontab /etc/cron.d/*' },
    {
      name: 'cron_scripts',
      script: `for f in /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/*; do
          [ -f "$f" ] || continue; [ -r "$f" ] || exit 77; sha256sum "$f"
        done`,
    },
    {
      name: 'user_cron',
      script: '[ -d /var/spool/cron ] || exit 69; as_root grep -r -H "" /var/spool/cron || [ $? -eq 1 ]',
    },
  ],
  [
    { name: 'passwd', script: 'cat /etc/passwd' },
    { name: 'group', script: 'cat /etc/group' },
    {
      name: 'sudoers',
      script: '[ -e /etc/sudoers ] || exit 69; as_root grep -r -H "" /etc/sudoers /etc/sudoers.d || [ $? -eq 1 ]',
    },
    {
      name: 'sshd',
      script: '[ -e /etc/ssh/sshd_config ] || exit 69; lines_of /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf',
    },
    {
      name: 'firewall',
      script: `if have nft; then as_root nft -s list ruleset; elif have iptables-save; then as_root iptables-save
        else exit 69; fi`,
    },
    {
      name: 'auth_log',
      script: `for f in /var/log/auth.log /var/log/secure; do [ -r "$f" ] && tail -c 500000 "$f"; done |
        grep -E '(useradd|groupadd|usermod|sudo)(\\[[0-9]+\\])?:'`,
    },
  ],
];

/** The PATH is the host's usual one, since a login by SSH often lacks the sbin folders. `cron_scripts` and the like stay in C. */
const prelude = `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export PATH
LC_ALL=C; export LC_ALL
have() { command -v "$1" >/dev/null 2>&1; }
lines_of() { for f; do [ -f "$f" ] || continue; [ -r "$f" ] || exit 77; grep -H '' "$f"; done; return 0; }
probe() { out=$("p_$1" 2>/dev/null </dev/null); code=$?; printf '%s %s %s\\n' "$1" "$code" "\${#out}"; printf '%s\\n' "$out"; }
`;

/** With sudo, whether the very command is allowed is asked first: what it then ends with is its own. */
const asRoot = (sudo: boolean) =>
  `as_root() { if [ "$(id -u)" = 0 ]; then "$@"; ${sudo ? 'elif sudo -n -l "$@" >/dev/null 2>&1; then sudo -n "$@"; ' : ''}else exit 77; fi; }
elevated=${sudo}
`;

/** One script a channel, for `sh -s`; `names` are the probes wanted. */
export function scriptsFor(names: ReadonlySet<string>, { sudo, paths }: HostSettings): readonly string[] {
  const own = paths.length > 0 ? [...(groups[3] ?? []), fileProbe(paths)] : (groups[3] ?? []);
  return [...groups.slice(0, 3), own].flatMap((group) => {
    const wanted = group.filter(({ name }) => names.has(name));
    if (wanted.length === 0) return [];
    const lines = wanted.map(({ name, script }) => `p_${name}() { ${script}\n}\nprobe ${name}\n`);
    return [prelude + asRoot(sudo) + lines.join('')];
  });
}

/** The globs are of harmless characters only: the settings see to it. */
function fileProbe(paths: readonly string[]): Probe {
  const script = `for f in ${paths.join(' ')}; do
      if [ -L "$f" ]; then printf 'link\\t%s\\t%s\\n' "$f" "$(readlink "$f")"
      elif [ -f "$f" ]; then
        if [ -r "$f" ]; then s=$(sha256sum < "$f"); elif $elevated; then s=$(as_root cat "$f" | sha256sum); else exit 77; fi
        printf 'file\\t%s\\t%s\\t%s\\n' "$f" "\${s%% *}" "$(stat -c '%a %U %G' "$f")"
      fi
    done`;
  return { name: 'files', script };
}

/** What one probe said. */
export interface Answer {
  readonly code: number;
  readonly text: string;
}

export type Answers = ReadonlyMap<string, Answer>;

/**
 * Reads the frames of a script's output: `name code length`, then as many bytes. Nothing a host prints inside a frame can
 * begin another. Undefined when the output breaks off or is something else.
 */
export function parseFrames(output: Buffer): Answers | undefined {
  const answers = new Map<string, Answer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const head = /^([a-z_]+) (\d{1,3}) (\d{1,10})$/.exec(output.toString('latin1', at, end === -1 ? at : end));
    if (!head) return undefined;
    const [, name = '', code, length] = head;
    const start = end + 1;
    const stop = start + Number(length);
    if (output[stop] !== 0x0a) return undefined;
    answers.set(name, { code: Number(code), text: output.toString('utf8', start, stop) });
    at = stop + 1;
  }
  return answers;
}
