import { type Place, type Problem, problem } from '@leeway/core';
import { scanSql, type Token } from './scan.ts';

/** One statement of a SQL file, without its semicolon. */
export interface Statement {
  readonly text: string;
  /** Offset of `text` in the file. */
  readonly start: number;
  /** The statement's first words in upper case, without comments: `CREATE UNIQUE INDEX`. */
  readonly head: readonly string[];
}

/** A file taken apart, or why it cannot be. */
export interface SplitFile {
  readonly statements: readonly Statement[];
  readonly problems: readonly Problem[];
}

/** Meta-commands that dumps contain and that change nothing of the schema. */
const harmlessCommands = new Set([
  'restrict',
  'unrestrict',
  'connect',
  'c',
  'encoding',
  'echo',
  'qecho',
  'timing',
  'pset',
  '.',
]);
const headLength = 8;

/**
 * Splits a SQL file into statements as psql does: semicolons inside quotes, brackets and BEGIN ATOMIC bodies do not count.
 * Data blocks of COPY … FROM stdin are left out.
 */
export function splitStatements(text: string, file: string): SplitFile {
  const state = {
    statements: [] as Statement[],
    problems: [] as Problem[],
    tokens: [] as Token[],
    depth: 0,
    blocks: 0,
  };
  let skipTo = 0;
  for (let at = 0; at < text.length && state.problems.length === 0; ) {
    skipTo = at;
    for (const token of scanSql(text.slice(at))) {
      const placed = { ...token, start: at + token.start };
      skipTo = placed.start + token.text.length;
      const jump = step(state, placed, text, file);
      if (jump !== undefined) {
        skipTo = jump;
        break;
      }
    }
    at = skipTo;
  }
  finish(state, text);
  return state;
}

interface State {
  readonly statements: Statement[];
  readonly problems: Problem[];
  tokens: Token[];
  depth: number;
  blocks: number;
}

/** Takes one token; returns the offset to go on at when it is not the next one. */
function step(state: State, token: Token, text: string, file: string): number | undefined {
  if (token.type === 'unterminated') {
    state.problems.push(
      problem(
        'LW2005',
        { format: 'SQL', reason: 'a quote, dollar quote or comment never ends' },
        placeOf(text, token.start, file),
      ),
    );
    return text.length;
  }
  if (token.text === '\\') return metaCommand(state, token, text, file);
  if (token.text === ';' && state.depth <= 0 && state.blocks === 0) return finish(state, text, token.start);
  if (token.text === '(') state.depth++;
  if (token.text === ')') state.depth--;
  if (token.type === 'word') countBlocks(state, token.text.toUpperCase());
  if (state.tokens.length > 0 || (token.type !== 'space' && token.type !== 'comment')) state.tokens.push(token);
  return undefined;
}

/** Bodies in standard SQL: CREATE FUNCTION … BEGIN ATOMIC …; …; END. */
function countBlocks(state: State, word: string): void {
  if (word !== 'BEGIN' && word !== 'CASE' && word !== 'END') return;
  if (state.blocks === 0 && (word !== 'BEGIN' || !isRoutine(headOf(state.tokens)))) return;
  state.blocks += word === 'END' ? -1 : 1;
}

function isRoutine(head: readonly string[]): boolean {
  return head[0] === 'CREATE' && (head.includes('FUNCTION') || head.includes('PROCEDURE'));
}

function metaCommand(state: State, token: Token, text: string, file: string): number | undefined {
  const line = lineEnd(text, token.start);
  const command = /^\\(\S*)/.exec(text.slice(token.start, line))?.[1] ?? '';
  if (!harmlessCommands.has(command)) {
    state.problems.push(problem('LW3102', { command: command.slice(0, 30) }, placeOf(text, token.start, file)));
    return text.length;
  }
  state.tokens = [];
  return line;
}

/** Ends the statement at `end`; returns where to go on when data of a COPY follow. */
function finish(state: State, text: string, end = text.length): number | undefined {
  const { tokens } = state;
  state.tokens = [];
  state.depth = 0;
  state.blocks = 0;
  const [first] = tokens;
  if (!first) return undefined;
  const head = headOf(tokens);
  if (head[0] === 'COPY' && readsStdin(tokens)) return copyEnd(text, end);
  state.statements.push({ text: text.slice(first.start, end).trimEnd(), start: first.start, head });
  return undefined;
}

function headOf(tokens: readonly Token[]): string[] {
  const head: string[] = [];
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'comment') continue;
    head.push(token.type === 'word' ? token.text.toUpperCase() : token.text);
    if (head.length === headLength) break;
  }
  return head;
}

function readsStdin(tokens: readonly Token[]): boolean {
  const all = tokens.filter(({ type }) => type !== 'space' && type !== 'comment').map(({ text }) => text.toUpperCase());
  return all.some((word, at) => word === 'FROM' && all[at + 1] === 'STDIN');
}

function copyEnd(text: string, semicolon: number): number {
  const end = /^\\\.\r?$/m;
  const rest = lineEnd(text, semicolon);
  const found = end.exec(text.slice(rest));
  return found ? rest + found.index + found[0].length : text.length;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number, file: string): Place {
  return placesIn(text, file)(offset);
}

/** Finds line and column of many offsets of one text. */
export function placesIn(text: string, file: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    for (let high = starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
