import type { Json } from '@leeway/core';
import type { Found } from '../section.ts';
import { compareText, linesByFile, linesOf, statements } from './lines.ts';

/** Users and what they may sign in with; ids of system users are handed out as packages come, so that they say nothing. */
export function parseUsers(passwd: string, group: string): readonly Found[] {
  const members = linesOf(group).map((line) => line.split(':'));
  return linesOf(passwd).flatMap((line) => {
    const [name = '', , uid = '', gid = '', , home = '', shell = ''] = line.split(':');
    if (name === '' || uid === '') return [];
    const groups = members.flatMap(([group = '', , id, list = '']) =>
      id === gid || list.split(',').includes(name) ? [group] : [],
    );
    const attributes = { ...idOf(Number(uid)), groups: groups.sort(compareText), home, shell };
    return [{ key: name, attributes }];
  });
}

export function parseGroups(group: string): readonly Found[] {
  return linesOf(group).flatMap((line) => {
    const [name = '', , gid = '', list = ''] = line.split(':');
    if (name === '') return [];
    const members = list.split(',').filter((member) => member !== '');
    return [{ key: name, attributes: { ...idOf(Number(gid)), members: members.sort(compareText) } }];
  });
}

/** Root's own and those given to people; see login.defs(5), UID_MIN. */
const idOf = (id: number) => (id === 0 || id >= 1000 ? { id } : {});

/** Rules of sudo, file by file, lines continued with a backslash put together. */
export function parseSudoers(text: string): readonly Found[] {
  return [...linesByFile(text)].flatMap(([path, lines]) => {
    if (/~$|\.[^/]*$/.test(path.split('/').at(-1) ?? '')) return [];
    const joined = lines
      .join('\n')
      .replace(/\\\n\s*/g, ' ')
      .split('\n');
    // `#include` and `#1000` are no comments.
    const rules = joined
      .map((line) => line.trim().replace(/\s+/g, ' '))
      .filter((line) => line !== '' && (!line.startsWith('#') || /^#(?:include|includedir|\d+)\b/.test(line)));
    return rules.length === 0 ? [] : [{ key: path, attributes: { rules } }];
  });
}

/** Keywords that may stand several times, each adding to the others: sshd_config(5). */
const repeatable = new Set([
  'acceptenv',
  'allowgroups',
  'allowusers',
  'denygroups',
  'denyusers',
  'hostkey',
  'listenaddress',
  'port',
  'setenv',
  'subsystem',
]);

/** Settings of sshd as its files say them, the first of a keyword counts. Drop-in files stand where Debian includes them: first. */
export function parseSshd(text: string): readonly Found[] {
  const files = [...linesByFile(text)];
  const main = files.filter(([path]) => path.endsWith('/sshd_config')).flatMap(([, lines]) => statements(lines));
  const included = files.filter(([path]) => path.includes('sshd_config.d/')).sort(([a], [b]) => compareText(a, b));
  const at = main.findIndex((line) => /^include .*sshd_config\.d/i.test(line));
  const extra = included.flatMap(([, lines]) => statements(lines));
  const lines = at === -1 ? main : [...main.slice(0, at), ...extra, ...main.slice(at + 1)];
  const settings = new Map<string, Json>();
  const matches: { criteria: string; settings: Record<string, Json> }[] = [];
  for (const line of lines) {
    const [, word = '', value = ''] = /^(\S+?)(?: ?= ?| )(.*)$/.exec(line) ?? [];
    const keyword = word.toLowerCase();
    const last = matches.at(-1);
    if (keyword === 'match') matches.push({ criteria: value, settings: {} });
    else if (last) last.settings[keyword] ??= value;
    else addSetting(settings, keyword, value);
  }
  return [{ attributes: { settings: Object.fromEntries(settings), matches } }];
}

function addSetting(settings: Map<string, Json>, keyword: string, value: string): void {
  if (keyword === '') return;
  const known = settings.get(keyword);
  if (!repeatable.has(keyword)) settings.set(keyword, known ?? value);
  else settings.set(keyword, [...(Array.isArray(known) ? known : []), value]);
}
