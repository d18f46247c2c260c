import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { folderOf, missingCommands, type Place } from '../place.ts';
import { type Drift, type LabService, sides } from '../service.ts';

const ports = {
  staging: { https: 18443, edi: 18446, ssh: 12322, smtp: 12525 },
  production: { https: 18444, edi: 18447, ssh: 12323, smtp: 12526 },
} as const;

export const service: LabService = {
  id: 'endpoint',
  title: 'nginx, OpenSSH and SMTP',
  packages: ['nginx-light', 'openssh-server', 'openssl', 'python3-aiosmtpd'],
  async available() {
    const missing = await missingCommands('nginx', '/usr/sbin/sshd', 'ssh-keygen', 'openssl');
    return missing ?? (existsSync('/usr/lib/python3/dist-packages/aiosmtpd') ? undefined : 'aiosmtpd not installed');
  },
  async up(place) {
    const { https, ssh, smtp } = ports[place.side];
    await makeCertificates(place);
    await place.write('nginx.conf', nginxConfiguration(place));
    await place.start('nginx', 'nginx', [
      '-p',
      place.folder,
      '-c',
      'nginx.conf',
      '-e',
      'error.log',
      '-g',
      'daemon off;',
    ]);
    await makeHostKeys(place);
    await place.write('sshd_config', sshdConfiguration(place));
    await place.start('sshd', '/usr/sbin/sshd', ['-D', '-e', '-f', join(place.folder, 'sshd_config')]);
    const tls = ['--tlscert', 'server.crt', '--tlskey', 'server.key', '--no-requiretls'];
    const listen = ['-n', '-l', `127.0.0.1:${smtp}`];
    await place.start('smtp', '/usr/bin/python3', ['-m', 'aiosmtpd', ...listen, ...tls]);
    for (const port of [https, ssh, smtp]) await place.until(`port ${port}`, () => answers(port));
  },
  fill: async () => undefined,
  drifts: [
    nginx('transport-security-lost', /.*Strict-Transport-Security.*\n/, [
      {
        kind: 'endpoint.http',
        key: 'reports',
        path: '/answer/headers/strict-transport-security',
        says: 'sends no strict-transport-security',
      },
      { kind: 'endpoint.http', key: 'old-portal', path: '/answer/headers/strict-transport-security' },
    ]),
    nginx('sign-in-opened', /.*auth_basic .*\n/, [
      { kind: 'endpoint.http', key: 'reports', path: '/answer/status', says: 'answers 404' },
      { kind: 'endpoint.http', key: 'reports', path: '/answer/authentication' },
    ]),
    nginx('partner-port-closed', / {2}server \{\n.*listen 127\.0\.0\.1:\d+;\n.*\n {2}\}\n/, [
      { kind: 'endpoint.tcp', key: 'edi', path: '/reachable', says: 'refuses connections' },
      { kind: 'endpoint.as2', key: 'partner', path: '/reachable' },
    ]),
    {
      name: 'weak-ciphers',
      apply: (place) => reconfigureSsh(place, 'Ciphers aes128-cbc,aes256-ctr'),
      undo: (place) => reconfigureSsh(place, ''),
      findings: [{ kind: 'endpoint.ssh', key: 'sftp', path: '/answer/ciphers', says: 'aes128-cbc' }],
    },
  ],
  sources: {
    edges: {
      connector: 'endpoint',
      observed: {
        endpoints: [
          { name: 'portal', url: 'https://127.0.0.1:{https}/', servername: 'portal.lab' },
          { name: 'reports', url: 'https://127.0.0.1:{https}/reports', servername: 'portal.lab' },
          { name: 'old-portal', url: 'https://127.0.0.1:{https}/old', servername: 'portal.lab', method: 'HEAD' },
          { name: 'partner', url: 'http://127.0.0.1:{edi}/as2', as2: true, method: 'OPTIONS' },
          { name: 'edi', url: 'tcp://127.0.0.1:{edi}' },
          { name: 'sftp', url: 'sftp://127.0.0.1:{ssh}' },
          { name: 'mail', url: 'smtp://127.0.0.1:{smtp}', servername: 'portal.lab' },
        ],
        trust: 'certificates/{stage}.pem',
      },
    },
  },
  parameters: ports,
  variables: {},
  async files() {
    const read = sides.map(async (side) => {
      const text = await readFile(join(folderOf('endpoint', side), 'ca.crt'), 'utf8');
      return [`certificates/${side}.pem`, text] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  },
};

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** An authority of the environment's own, and a certificate it signed. */
async function makeCertificates(place: Place): Promise<void> {
  if (existsSync(join(place.folder, 'server.crt'))) return;
  const openssl = (...args: readonly string[]) => place.run('openssl', args);
  const fresh = ['req', '-newkey', 'rsa:2048', '-nodes'];
  await openssl(...fresh, '-x509', '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '3650', '-subj', '/CN=Lab CA');
  await openssl(...fresh, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=portal.lab');
  await place.write('extensions', 'subjectAltName=DNS:portal.lab\n');
  const signed = ['x509', '-req', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'];
  await openssl(...signed, '-days', '365', '-extfile', 'extensions', '-out', 'server.crt');
}

function nginxConfiguration({ side, folder }: Place): string {
  const { https, edi } = ports[side];
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `pid ${folder}/nginx-own.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/temporary-${name};`).join('\n  ')}
  server {
    listen 127.0.0.1:${https} ssl;
    ssl_certificate ${folder}/server.crt;
    ssl_certificate_key ${folder}/server.key;
    add_header Strict-Transport-Security "max-age=31536000" always;
    add_header Content-Security-Policy "default-src 'self'" always;
    add_header X-Frame-Options DENY always;
    location = / { add_header Set-Cookie "session=x; Secure; HttpOnly; SameSite=Lax"; return 200; }
    location /old { return 301 https://portal.lab/; }
    location /reports {
      auth_basic reports;
      auth_basic_user_file ${folder}/people;
    }
  }
  server {
    listen 127.0.0.1:${edi};
    location /as2 { add_header AS2-Version 1.2 always; add_header Allow "POST, OPTIONS" always; return 200; }
  }
}
`;
}

/** Takes lines out of nginx' configuration and has it read what is left; undone by the whole of it. */
function nginx(name: string, lines: RegExp, findings: Drift['findings']): Drift {
  return {
    name,
    apply: async (place) => reload(place, (await place.run('cat', ['nginx.conf'])).replace(lines, '')),
    undo: (place) => reload(place, nginxConfiguration(place)),
    findings,
  };
}

async function reload(place: Place, configuration: string): Promise<void> {
  await place.write('nginx.conf', configuration);
  const before = await workers(place);
  await place.run('nginx', ['-p', place.folder, '-c', 'nginx.conf', '-e', 'error.log', '-s', 'reload']);
  // Old workers answer until new ones have taken over.
  await place.until('new workers', async () => {
    const now = await workers(place);
    return now.length > 0 && now.every((pid) => !before.includes(pid));
  });
}

async function workers(place: Place): Promise<readonly string[]> {
  const parent = (await place.run('cat', ['nginx-own.pid'])).trim();
  const listed = await place.run('ps', ['-o', 'pid=', '--ppid', parent]).catch(() => '');
  return listed.trim().split(/\s+/).filter(Boolean);
}

async function makeHostKeys(place: Place): Promise<void> {
  for (const type of ['ed25519', 'rsa']) {
    const file = `host_${type}`;
    if (!existsSync(join(place.folder, file))) {
      await place.run('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file, '-C', 'lab']);
    }
  }
}

function sshdConfiguration({ side, folder }: Place, more = ''): string {
  return `ListenAddress 127.0.0.1
Port ${ports[side].ssh}
HostKey ${folder}/host_ed25519
HostKey ${folder}/host_rsa
PidFile ${folder}/sshd-own.pid
UsePAM no
Subsystem sftp internal-sftp
MaxStartups 100
${more}
`;
}

/** sshd begins anew when it is told to read its configuration. */
async function reconfigureSsh(place: Place, more: string): Promise<void> {
  await place.write('sshd_config', sshdConfiguration(place, more));
  const offers = () => place.run('/usr/sbin/sshd', ['-T', '-f', join(place.folder, 'sshd_config')]);
  const pid = (await place.run('cat', ['sshd-own.pid'])).trim();
  await offers();
  await place.run('rm', ['-f', 'sshd-own.pid']);
  await place.run('kill', ['-HUP', pid]);
  await place.until('sshd again', async () => existsSync(join(place.folder, 'sshd-own.pid')));
  await place.until('its port', () => answers(ports[place.side].ssh));
}
