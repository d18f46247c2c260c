import type { Draft } from '../judge/draft.ts';
import { formatPlace } from '../problem/problem.ts';
import type { Change, Description } from '../resource/kind.ts';
import type { Approval, Attribution, HeadlinePart } from './finding.ts';
import { defaultDescription } from './words.ts';

type Parts = readonly (HeadlinePart | string)[];

/**
 * One plain sentence about a finding, in parts that a screen may link: what it is, both values, where, since when and by
 * whom. Every door (terminal, web, pull request, alert) shows this and no other.
 */
export function headlineOf(draft: Draft, change: Change, approval: Approval | undefined): readonly HeadlinePart[] {
  const words = draft.kind.describe?.(change) ?? defaultDescription(change);
  const parts: Parts = [...statement(draft, words), ...approvalNote(approval), ...attributionNote(draft)];
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part)).filter((part) => part.text !== '');
}

/** What a headline is told apart by; each returns the sentence without the notes that follow it. */
function statement(draft: Draft, words: Description): Parts {
  const here = { text: draft.environment.name, role: 'environment' } as const;
  const subject: Parts = [`${capitalize(draft.kind.title)} `, { text: draft.name, role: 'resource' }];
  switch (draft.verdict) {
    case 'missing':
      return [...subject, ' is missing in ', here, '; Git declares it', ...placeNote(draft.expected.place), '.'];
    case 'unmanaged':
      return [...subject, ' exists in ', here, '; nothing in Git declares it.'];
    case 'pending':
      return pendingStatement(draft, words, subject, here);
    case 'parity':
      return parityStatement(draft, words, subject, here);
    case 'policy':
      return [...subject, ' in ', here, ': ', policyText(draft), '.'];
    case 'not-checked':
      return [
        'Source ',
        subject[1] ?? '',
        ' was not checked in ',
        here,
        ': ',
        (draft.problem?.message ?? 'it was not read').replace(/\.$/, ''),
        ...placeNote(formatPlace(draft.problem?.place)),
        '.',
      ];
    case 'stale':
      return [
        'Source ',
        subject[1] ?? '',
        ' was last read in ',
        here,
        ' at ',
        { text: draft.attribution.at ?? 'an unknown time', role: 'time' },
        '; that is too old to trust.',
      ];
    case 'expired':
      return [
        `Approved difference `,
        { text: draft.name, role: 'resource' },
        ' expired at ',
        { text: String(draft.expected.value ?? '').replace('in force until ', ''), role: 'time' },
        ' and silences nothing now.',
      ];
    case 'conflict':
      return [
        ...subject,
        ' ',
        valuePart(words.actual),
        ' in ',
        here,
        '; Git ',
        valuePart(words.expected),
        ', and both moved since the last deployment.',
      ];
    case 'drift':
      return [...subject, ' ', valuePart(words.actual), ' in ', here, '; Git ', valuePart(words.expected), '.'];
  }
}

function valuePart(text: string): HeadlinePart {
  return { text, role: 'value' };
}

function placeNote(place: string | undefined): Parts {
  return place ? [' (', { text: place, role: 'place' }, ')'] : [];
}

function pendingStatement(draft: Draft, words: Description, subject: Parts, here: HeadlinePart): Parts {
  if (draft.path !== '')
    return [
      ...subject,
      ' still ',
      valuePart(words.actual),
      ' in ',
      here,
      '; Git ',
      valuePart(words.expected),
      ', not applied yet.',
    ];
  const waits = draft.actual.present ? ' is to be removed from ' : ' is to be created in ';
  return [...subject, waits, here, ', not applied yet.'];
}

function parityStatement(draft: Draft, words: Description, subject: Parts, here: HeadlinePart): Parts {
  const reference = { text: draft.reference ?? 'its reference', role: 'environment' } as const;
  if (draft.path !== '')
    return [
      ...subject,
      ' ',
      valuePart(words.actual),
      ' in ',
      here,
      '; ',
      reference,
      ' ',
      valuePart(words.expected),
      '.',
    ];
  return draft.actual.present
    ? [...subject, ' exists in ', here, ' and not in ', reference, '.']
    : [...subject, ' exists in ', reference, ' and not in ', here, '.'];
}

function policyText(draft: Draft): HeadlinePart {
  return { text: draft.policy?.message.replace(/\.$/, '') ?? 'does not meet a policy', role: 'policy' };
}

function approvalNote(approval: Approval | undefined): Parts {
  if (approval?.state === 'broken') return [` Approved difference ${approval.id} allows ${approval.constraint}.`];
  if (approval?.state === 'expired') return [` Its approval ${approval.id} expired ${approval.expires}.`];
  return [];
}

const attributed: ReadonlySet<string> = new Set(['drift', 'conflict', 'unmanaged', 'pending']);

/** Who, when and how; says so when no audit trail names anybody. */
function attributionNote(draft: Draft): Parts {
  if (!attributed.has(draft.verdict)) return [];
  const { actor, at, via } = draft.attribution;
  if (!actor && !at && !via) return draft.verdict === 'pending' ? [] : [' Who changed it is not known.'];
  return [draft.verdict === 'pending' ? ' Declared' : ' Changed', ...whenAndWho(draft.attribution), '.'];
}

function whenAndWho({ actor, at, via }: Attribution): Parts {
  return [
    ...(at ? [' ', { text: readableTime(at), role: 'time' } as const] : []),
    ...(actor ? [' by ', { text: actor, role: 'actor' } as const] : []),
    ...(via ? [` with ${via}`] : []),
    ...(actor ? [] : ['; by whom is not recorded']),
  ];
}

/** `2026-11-22 22:14 UTC`; the text itself where it is no time. */
function readableTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
