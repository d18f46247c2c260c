import type { Found } from '../section.ts';
import { linesOf } from './lines.ts';

/** Packages that are installed; those of which only settings are left are none. */
export function parsePackages(text: string): readonly Found[] {
  const packages = linesOf(text).flatMap((line) => {
    const [name = '', architecture = '', version = '', status = ''] = line.split('\t');
    if (name === '' || !/^[hi]i/.test(status) || name === 'gpg-pubkey') return [];
    return [{ name, architecture, version, held: status.startsWith('h') }];
  });
  const counts = new Map<string, number>();
  for (const { name } of packages) counts.set(name, (counts.get(name) ?? 0) + 1);
  const seen = new Set<string>();
  return packages.flatMap(({ name, architecture, version, held }) => {
    // Several architectures or, of kernels on RPM systems, several versions.
    const bare = counts.get(name) === 1 ? name : `${name}:${architecture}`;
    const key = seen.has(bare) ? `${bare}:${version}` : bare;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ key, attributes: { version, architecture, ...(held && { held }) } }];
  });
}

/** Security updates that wait: of `apt-get -s dist-upgrade`, those from an archive that names security; of dnf, its advisories. */
export function parseUpdates(text: string): readonly Found[] {
  const updates = linesOf(text).flatMap((line): Found[] => {
    const apt = /^Inst (\S+) \[([^\]]*)\] \((\S+) (.*?) \[[^\]]*\]\)/.exec(line);
    if (apt) {
      const [, key = '', installed = '', candidate = '', archives = ''] = apt;
      return /security/i.test(archives) ? [{ key, attributes: { installed, candidate } }] : [];
    }
    const [, advisory = '', severity = '', whole = ''] = /^dnf (\S+)\s+(\S+)\s+(\S+)$/.exec(line) ?? [];
    const [, key, candidate = ''] = /^(.+?)-(\d[^-]*-[^-]+)$/.exec(whole) ?? [];
    return key === undefined ? [] : [{ key, attributes: { candidate, advisory, severity } }];
  });
  return [...new Map(updates.map((update) => [update.key, update])).values()];
}
