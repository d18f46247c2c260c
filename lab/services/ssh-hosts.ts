import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { folderOf, labFolder, missingCommands, type Place } from '../place.ts';
import { type Drift, type LabService, type Side, sides } from '../service.ts';
import { isRoot, labUser } from '../user.ts';

const id = 'ssh-hosts';
const ports = { staging: 12222, production: 12223 } as const;
const server = '/usr/sbin/sshd';

/** The reader's key is made by the first `up` and used by both sides. */
const readerKey = join(folderOf(id, 'production'), 'reader-key');

/**
 * Files a host has of its own: laid over the machine's in a mount namespace, so that two hosts with different users, packages
 * and jobs run on one machine.
 */
const own = [
  '/etc/passwd',
  '/etc/group',
  '/etc/cron.d',
  '/etc/os-release',
  '/etc/ssh/sshd_config',
  '/var/lib/dpkg/status',
];

const copyOf = (path: string) => `own${path}`;

/** One word of a host's own file put in place of another, and back. */
function fileDrift(
  name: string,
  path: string,
  [from, to]: readonly [string, string],
  findings: Drift['findings'],
): Drift {
  const replace = async (place: Place, found: string, instead: string) => {
    const text = await readFile(join(place.folder, copyOf(path)), 'utf8');
    if (text.includes(found)) await place.write(copyOf(path), text.replace(found, instead));
  };
  return {
    name,
    apply: (place) => replace(place, from, to),
    undo: (place) => replace(place, to, from),
    findings,
  };
}

async function writeOwn(place: Place): Promise<void> {
  const { uid, gid } = labUser();
  const people = `reader:x:${uid}:${gid}:Leeway:${place.folder}:/bin/sh\nclerk:x:1500:1500:Clerk:/home/clerk:/bin/bash\n`;
  const passwd = (await readFile('/etc/passwd', 'utf8')).split('\n').filter((line) => !line.startsWith('lab:'));
  const group = await readFile('/etc/group', 'utf8');
  await place.write(copyOf('/etc/passwd'), `${passwd.join('\n').trimEnd()}\n${people}`);
  await place.write(copyOf('/etc/group'), `${group.trimEnd()}\nclerks:x:1500:\nwarehouse:x:1501:clerk\n`);
  await place.write(
    copyOf('/etc/cron.d/orders'),
    'SHELL=/bin/sh\n# m h dom mon dow user command\n15 2 * * * root /usr/local/bin/backup-orders --all\n',
  );
  await place.write(copyOf('/etc/os-release'), await readFile('/etc/os-release'));
  await place.write(
    copyOf('/etc/ssh/sshd_config'),
    'PermitRootLogin no\nPasswordAuthentication no\nX11Forwarding no\nMatch User edi\n  ForceCommand internal-sftp\n',
  );
  await place.write(copyOf('/var/lib/dpkg/status'), await readFile('/var/lib/dpkg/status'));
  await place.write('etc/orders.conf', 'workers = 8\nqueue = orders\n');
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', (banner) => {
      socket.destroy();
      resolve(banner.toString('latin1').startsWith('SSH-2.0-'));
    });
    socket.once('error', () => resolve(false));
  });
}

export const service: LabService = {
  id,
  title: 'Hosts over OpenSSH',
  packages: ['openssh-server', 'openssh-client', 'iproute2', 'procps'],
  available: async () =>
    isRoot() ? missingCommands(server, 'ssh-keygen', 'unshare', 'setpriv') : 'mount namespaces need root',
  async up(place) {
    const { uid, gid } = labUser();
    const hostKey = join(place.folder, 'host-key');
    for (const file of place.side === 'production' ? [readerKey, hostKey] : [hostKey]) {
      if (!existsSync(file)) await place.run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
    }
    await place.until('the key of the reader', async () => existsSync(`${readerKey}.pub`));
    await writeOwn(place);
    const authorised = await place.write('authorized_keys', await readFile(`${readerKey}.pub`), 0o600);
    const config = await place.write(
      'lab-sshd_config',
      `ListenAddress 127.0.0.1:${ports[place.side]}
HostKey ${hostKey}
AuthorizedKeysFile ${authorised}
PasswordAuthentication no
UsePAM no
StrictModes no
PidFile none
`,
    );
    const mounts = own.map((path) => `mount --bind ${place.folder}/${copyOf(path)} ${path}`).join(' && ');
    const become = `setpriv --reuid=${uid} --regid=${gid} --clear-groups`;
    const script = `${mounts} && exec ${become} ${server} -D -e -f ${config}`;
    await place.start('sshd', 'unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script], { asSelf: true });
    await place.until('a banner', () => answers(ports[place.side]));
  },
  fill: writeOwn,
  drifts: [
    fileDrift(
      'job-moved',
      '/etc/cron.d/orders',
      ['15 2 * * *', '15 5 * * *'],
      [
        {
          kind: 'host.cron',
          key: 'erp:/etc/cron.d/orders',
          path: '/jobs[command="/usr/local/bin/backup-orders --all"]/schedule',
          says: 'runs at "15 5 * * *"',
        },
      ],
    ),
    fileDrift(
      'member-added',
      '/etc/group',
      ['clerks:x:1500:\n', 'clerks:x:1500:reader\n'],
      [
        { kind: 'host.group', key: 'erp:clerks', path: '/members' },
        { kind: 'host.user', key: 'erp:reader', path: '/groups' },
      ],
    ),
    fileDrift(
      'root-let-in',
      '/etc/ssh/sshd_config',
      ['PermitRootLogin no', 'PermitRootLogin yes'],
      [{ kind: 'host.sshd', key: 'erp', path: '/settings/permitrootlogin', says: 'lets root sign in' }],
    ),
    fileDrift(
      'shell-given',
      '/etc/passwd',
      ['games:/usr/sbin/nologin', 'games:/bin/bash'],
      [{ kind: 'host.user', key: 'erp:games', path: '/shell', says: 'signs in to /bin/bash' }],
    ),
    {
      name: 'file-edited',
      apply: async (place) => void (await place.write('etc/orders.conf', 'workers = 2\nqueue = orders\n')),
      undo: async (place) => void (await place.write('etc/orders.conf', 'workers = 8\nqueue = orders\n')),
      findings: [{ kind: 'host.file', key: `erp:${join(labFolder, id)}/{stage}/etc/orders.conf`, path: '/sha256' }],
    },
  ],
  sources: {
    hosts: {
      connector: 'host',
      observed: {
        hosts: [{ name: 'erp', address: '127.0.0.1', port: '{port}' }],
        username: 'reader',
        keyFrom: 'LAB_SSH_KEY',
        knownHosts: 'ssh/known_hosts',
        paths: ['{folder}/etc/*.conf'],
        kinds: [
          'host.os',
          'host.kernel',
          'host.package',
          'host.service',
          'host.timer',
          'host.cron',
          'host.cron-script',
          'host.user',
          'host.group',
          'host.sshd',
          'host.listener',
          'host.mount',
          'host.time',
          'host.file',
          'host.agent',
        ],
      },
    },
  },
  parameters: {
    staging: { port: ports.staging, folder: folderOf(id, 'staging') },
    production: { port: ports.production, folder: folderOf(id, 'production') },
  },
  variables: {
    get LAB_SSH_KEY() {
      return existsSync(readerKey) ? readFileSync(readerKey, 'utf8') : 'not made yet';
    },
  },
  async files() {
    const lines = sides.map(async (side: Side) => {
      const key = await readFile(join(folderOf(id, side), 'host-key.pub'), 'utf8');
      return `[127.0.0.1]:${ports[side]} ${key}`;
    });
    return { 'ssh/known_hosts': (await Promise.all(lines)).join('') };
  },
};
