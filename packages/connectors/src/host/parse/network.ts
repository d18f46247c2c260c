import type { Found } from '../section.ts';
import { compareText, linesOf } from './lines.ts';

/** Ports that are listened on, with the addresses; those from the range the kernel hands out come and go. */
export function parseListeners(text: string, range: string): readonly Found[] {
  const [from = 32_768, to = 60_999] = range.trim().split(/\s+/).map(Number);
  const ports = new Map<string, Set<string>>();
  for (const line of linesOf(text)) {
    const [protocol = '', , , , local = ''] = line.trim().split(/\s+/);
    const [, address = '', port = ''] = /^(.*):(\d+)$/.exec(local) ?? [];
    if (port === '' || (Number(port) >= from && Number(port) <= to)) continue;
    const key = `${protocol}/${port}`;
    const bare = address.replace(/%.*$/, '').replace(/^\[|\]$/g, '');
    ports.set(
      key,
      (ports.get(key) ?? new Set()).add(bare === '0.0.0.0' || bare === '::' || bare === '*' ? 'any' : bare),
    );
  }
  return [...ports].map(([key, addresses]) => ({
    key,
    attributes: { addresses: [...addresses].sort(compareText) },
  }));
}

/** Chains of nftables (`nft -s list ruleset`) or iptables (`iptables-save`), their rules in order. */
export function parseFirewall(text: string): readonly Found[] {
  return /^\*\w/m.test(text) ? parseIptables(text) : parseNftables(text);
}

/** Blocks in two levels: tables, and in them chains, sets and maps. */
function parseNftables(text: string): readonly Found[] {
  const found: Found[] = [];
  let table = '';
  let block: { key: string; lines: string[]; depth: number } | undefined;
  for (const line of linesOf(text).map((each) => each.trim())) {
    if (block) {
      if (line.endsWith('{')) block.depth += 1;
      else if (line === '}') block.depth -= 1;
      if (block.depth === 0) {
        found.push(toChain(block.key, block.lines));
        block = undefined;
      } else block.lines.push(line);
    } else if (line.startsWith('table ')) table = line.replace(/^table | ?\{$/g, '');
    else if (line.endsWith('{')) block = { key: `${table} ${line.slice(0, -1).trim()}`, lines: [], depth: 1 };
  }
  return found;
}

function toChain(key: string, lines: readonly string[]): Found {
  const head = lines.find((line) => /^type \w+ hook /.test(line));
  const [, hook, policy] = /^type (\w+ hook .*?);(?: policy (\w+);)?/.exec(head ?? '') ?? [];
  const rules = lines.filter((line) => line !== head);
  return { key, attributes: { ...(hook && { hook }), ...(policy && { policy }), rules } };
}

function parseIptables(text: string): readonly Found[] {
  const chains = new Map<string, { policy?: string; rules: string[] }>();
  let table = '';
  for (const line of linesOf(text)) {
    const [, chain = '', policy = ''] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (line.startsWith('*')) table = line.slice(1);
    else if (chain !== '') chains.set(`${table} ${chain}`, { ...(policy !== '-' && { policy }), rules: [] });
    else if (line.startsWith('-A ')) {
      const [, name = '', rule = ''] = /^-A (\S+) ?(.*)$/.exec(line) ?? [];
      chains.get(`${table} ${name}`)?.rules.push(rule);
    }
  }
  return [...chains].map(([key, chain]) => ({ key, attributes: chain }));
}

export function parseFiles(text: string): readonly Found[] {
  const files = linesOf(text).flatMap((line): Found[] => {
    const [form, path = '', first = '', second = ''] = line.split('\t');
    if (form === 'link') return [{ key: path, attributes: { link: first } }];
    const [mode = '', owner = '', group = ''] = second.split(' ');
    return form === 'file' ? [{ key: path, attributes: { sha256: first, mode, owner, group } }] : [];
  });
  return [...new Map(files.map((file) => [file.key, file])).values()];
}
