import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kindNames } from '@leeway/connectors/host/kinds.ts';
import { findFreePort } from '../checks/server-process.ts';
import type { Benchmark, BenchmarkOptions } from './benchmark.ts';
import { program } from './built.ts';
import { isInstalled, run, timed } from './child.ts';
import { figure, held, information, notMeasured, type Result } from './result.ts';

const limit = { atLeast: 5 };
const sshd = '/usr/sbin/sshd';
/** Hosts asked at the same time, by both. */
const atOnce = 8;

/** Hosts are addresses of 127.0.0.0/8, each with a server of its own, on this one machine. */
interface Hosts {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly folder: string;
  readonly user: string;
  readonly key: string;
  readonly knownHosts: string;
}

/** Reading hosts over SSH against Ansible's facts of the same hosts: whole processes, one after the other. */
export const hosts: Benchmark = {
  name: 'hosts',
  async run(options): Promise<readonly Result[]> {
    const count = options.quick ? 10 : 50;
    const name = `scan of ${count} hosts over SSH, whole process`;
    const missing = [sshd, '/usr/bin/ssh-keygen'].filter((each) => !existsSync(each));
    if (!isInstalled('ansible-playbook')) missing.push('ansible-playbook');
    if (missing.length > 0) return [notMeasured(name, `${missing.join(', ')} not installed`, limit)];
    const made = await makeHosts(count, options.scratch);
    const servers = startServers(made);
    try {
      for (const address of made.addresses) await answers(address, made.port);
      return await measure(name, made, options);
    } finally {
      await stop(servers);
    }
  },
};

/** What is looked at of the report. */
interface Report {
  readonly summary: { readonly resources: number };
  readonly findings: readonly { readonly problem?: { readonly message: string } }[];
}

async function measure(name: string, made: Hosts, { say }: BenchmarkOptions): Promise<readonly Result[]> {
  const leeway = [...program(say), 'scan', '--format', 'json'];
  const folder = writeEstate(made);
  const env = { ...process.env, BENCH_KEY: readFileSync(made.key, 'utf8') };
  say('leeway scan');
  const scan = timed(leeway, { cwd: folder, env, codes: [0, 3] });
  const { summary, findings } = JSON.parse(scan.stdout) as Report;
  // A scan that left something out would be compared with facts that did not.
  if (findings.length > 0) throw new Error(findings.map(({ problem }) => problem?.message).join('\n'));
  say('ansible-playbook with setup and package_facts');
  const facts = timed(playbook(made), { cwd: made.folder, env: ansibleEnvironment(made) });
  const gathered = facts.stdout.match(/ok=2 /g)?.length;
  if (gathered !== made.addresses.length)
    throw new Error(`Ansible read ${gathered} hosts:\n${facts.stdout.slice(-2000)}`);
  const against = `ansible setup and package_facts, pipelined: ${figure(facts.milliseconds / 1000)} s`;
  return [
    held(name, scan.milliseconds / 1000, 's', facts.milliseconds / scan.milliseconds, against, limit),
    information('resources of a host', summary.resources / made.addresses.length, ''),
  ];
}

async function makeHosts(count: number, scratch: string): Promise<Hosts> {
  const folder = join(scratch, 'hosts');
  mkdirSync(folder);
  const [key, hostKey] = [join(folder, 'key'), join(folder, 'host-key')];
  for (const file of [key, hostKey]) run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', file]);
  const port = await findFreePort();
  const addresses = Array.from({ length: count }, (_, at) => `127.0.77.${at + 1}`);
  const knownHosts = join(folder, 'known_hosts');
  const publicKey = readFileSync(`${hostKey}.pub`, 'utf8');
  writeFileSync(knownHosts, addresses.map((address) => `[${address}]:${port} ${publicKey}`).join(''));
  for (const address of addresses) writeFileSync(join(folder, address), serverConfig(address, port, hostKey, key));
  return { addresses, port, folder, user: userInfo().username, key, knownHosts };
}

/** Whoever runs the benchmark may sign in, with a key that is thrown away afterwards, and nobody else. */
function serverConfig(address: string, port: number, hostKey: string, key: string): string {
  return `ListenAddress ${address}:${port}
HostKey ${hostKey}
AuthorizedKeysFile ${key}.pub
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PidFile none
Subsystem sftp internal-sftp
`;
}

/** One shell that starts all of them and ends them when its input closes: by us, or because we died. */
function startServers({ addresses, folder }: Hosts): ChildProcess {
  // Needed by a server that root starts; systemd makes it otherwise.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const script = `for config in "$@"; do ${sshd} -D -e -f "$config" 2>/dev/null & done; read -r _; kill $(jobs -p); wait`;
  return spawn('/bin/bash', ['-c', script, 'hosts', ...addresses], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

async function stop(servers: ChildProcess): Promise<void> {
  const ended = once(servers, 'exit');
  servers.stdin?.end();
  await ended;
}

/** Waits for the banner of a host. */
async function answers(address: string, port: number): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    const socket = connect(port, address);
    const banner = await Promise.race([once(socket, 'data'), once(socket, 'close')]).catch(() => []);
    socket.destroy();
    if (String(banner[0]).startsWith('SSH-2.0-')) return;
  }
  throw new Error(`no SSH server came up at ${address}`);
}

function writeEstate({ addresses, port, folder, user, knownHosts }: Hosts): string {
  const estate = join(folder, 'estate');
  mkdirSync(estate);
  writeFileSync(join(estate, 'known_hosts'), readFileSync(knownHosts));
  const observed = {
    connector: 'host',
    hosts: addresses.map((address, at) => ({ name: `host-${at + 1}`, address, port })),
    username: user,
    keyFrom: 'BENCH_KEY',
    knownHosts: 'known_hosts',
    concurrency: atOnce,
    timeout: 600,
    // Which updates are pending Ansible's facts do not say; working it out takes a host longer than all the rest.
    kinds: kindNames.filter((kind) => kind !== 'host.security-update'),
  };
  const text = {
    estate: 'bench',
    environments: { production: { stage: 'production' } },
    sources: { hosts: { deadline: '30m', observed } },
  };
  writeFileSync(join(estate, 'leeway.yaml'), JSON.stringify(text));
  return estate;
}

function playbook({ addresses, port, folder, user, key, knownHosts }: Hosts): readonly string[] {
  const options = `-o UserKnownHostsFile=${knownHosts} -o StrictHostKeyChecking=yes`;
  const variables = `ansible_user=${user} ansible_port=${port} ansible_ssh_private_key_file=${key}
ansible_python_interpreter=/usr/bin/python3
ansible_remote_tmp=${folder}/remote
ansible_ssh_common_args='${options}'`;
  writeFileSync(
    join(folder, 'inventory'),
    `[all]\n${addresses.join('\n')}\n[all:vars]\n${variables.replaceAll(' ansible_', '\nansible_')}\n`,
  );
  writeFileSync(join(folder, 'facts.yml'), '- hosts: all\n  gather_facts: true\n  tasks:\n    - package_facts:\n');
  return ['ansible-playbook', '-i', 'inventory', '-f', String(atOnce), 'facts.yml'];
}

/** Its usual settings, and its fastest way over SSH. */
function ansibleEnvironment({ folder }: Hosts): NodeJS.ProcessEnv {
  const own = {
    HOME: folder,
    ANSIBLE_LOCAL_TEMP: join(folder, 'local'),
    ANSIBLE_PIPELINING: 'True',
    ANSIBLE_NOCOLOR: '1',
  };
  return { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LANG: 'C.UTF-8', ...own };
}
