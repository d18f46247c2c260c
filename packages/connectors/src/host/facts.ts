import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@leeway/core';
import type { KindName } from './kinds.ts';
import type { Found } from './section.ts';

/** What a file of facts says of one host; kinds it does not speak of are absent. */
export interface Facts {
  readonly host: string;
  readonly kinds: ReadonlyMap<KindName, readonly Found[]>;
}

const object = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** Facts in either tool's form; undefined where it is neither. */
export function factsOf(document: Json): Facts | undefined {
  if (!isJsonObject(document)) return undefined;
  const ansible = object(document['ansible_facts'] ?? document);
  if (text(ansible['ansible_distribution'] ?? ansible['distribution'])) return ansibleFacts(ansible);
  const puppet = object(document['values'] ?? document);
  return isJsonObject(puppet['os']) ? puppetFacts(puppet, text(document['name'])) : undefined;
}

/** `ansible -m setup`, `package_facts` and `service_facts`; names with and without the prefix `ansible_`. */
function ansibleFacts(facts: JsonObject): Facts {
  const fact = (name: string) => facts[`ansible_${name}`] ?? facts[name];
  const distribution = text(fact('distribution')) ?? 'unknown';
  const version = text(fact('distribution_version')) ?? '';
  const kinds = new Map<KindName, readonly Found[]>();
  kinds.set('host.os', [
    { attributes: { id: distribution.toLowerCase(), version, name: `${distribution} ${version}`.trim() } },
  ]);
  const kernel = text(fact('kernel'));
  if (kernel) kinds.set('host.kernel', [{ attributes: { release: kernel, machine: text(fact('machine')) ?? '' } }]);
  const mounts = fact('mounts');
  if (isJsonArray(mounts))
    kinds.set(
      'host.mount',
      mounts.flatMap((mount) => ansibleMount(object(mount))),
    );
  if (isJsonObject(facts['packages'])) kinds.set('host.package', ansiblePackages(facts['packages']));
  if (isJsonObject(facts['services'])) kinds.set('host.service', ansibleServices(facts['services']));
  return { host: text(fact('hostname')) ?? text(fact('fqdn')) ?? 'host', kinds };
}

function ansibleMount({ mount, device, fstype, options }: JsonObject): readonly Found[] {
  if (typeof mount !== 'string') return [];
  return [{ key: mount, attributes: mountAttributes(text(device), text(fstype), text(options)?.split(',')) }];
}

const mountAttributes = (source = '', type = '', options: readonly string[] = []): JsonObject => ({
  source,
  type,
  options: [...options].sort(),
});

function ansiblePackages(packages: JsonObject): readonly Found[] {
  return Object.entries(packages).flatMap(([name, list]) => {
    const versions = isJsonArray(list) ? list.map(object) : [];
    return versions.map((each) => {
      const architecture = text(each['arch']) ?? 'all';
      const epoch = each['epoch'];
      const release = text(each['release']);
      const bare = `${text(each['version']) ?? ''}${release ? `-${release}` : ''}`;
      // package_facts takes Debian versions whole and RPM ones apart.
      const version = each['source'] === 'rpm' ? `${epoch ?? 0}:${bare}` : bare;
      const key = versions.length === 1 ? name : `${name}:${architecture}`;
      return { key, attributes: { version, architecture } };
    });
  });
}

const serviceStates: Readonly<Record<string, string>> = { running: 'running', failed: 'failed', stopped: 'stopped' };

function ansibleServices(services: JsonObject): readonly Found[] {
  return Object.entries(services).flatMap(([name, value]) => {
    const { state, status } = object(value);
    if (!name.endsWith('.service') || typeof status !== 'string' || status === 'unknown') return [];
    const known = serviceStates[text(state) ?? ''];
    return [{ key: name, attributes: { enabled: status, ...(known && { state: known }) } }];
  });
}

/** `puppet facts show --render-as yaml` and `facter --yaml`: structured facts of Facter 3 and later. */
function puppetFacts(facts: JsonObject, name: string | undefined): Facts {
  const os = object(facts['os']);
  const id = text(os['name']) ?? 'unknown';
  const release = text(object(os['release'])['full']) ?? '';
  const description = text(object(os['distro'])['description']);
  const kinds = new Map<KindName, readonly Found[]>();
  kinds.set('host.os', [
    { attributes: { id: id.toLowerCase(), version: release, name: description ?? `${id} ${release}` } },
  ]);
  const kernel = text(facts['kernelrelease']);
  if (kernel) kinds.set('host.kernel', [{ attributes: { release: kernel, machine: text(os['hardware']) ?? '' } }]);
  if (isJsonObject(facts['mountpoints'])) {
    const mounts = Object.entries(facts['mountpoints']).map(([key, value]) => {
      const { device, filesystem, options } = object(value);
      const list = isJsonArray(options) ? options.filter((option) => typeof option === 'string') : [];
      return { key, attributes: mountAttributes(text(device), text(filesystem), list) };
    });
    kinds.set('host.mount', mounts);
  }
  const hostname = text(object(facts['networking'])['hostname']) ?? name;
  return { host: hostname ?? 'host', kinds };
}
