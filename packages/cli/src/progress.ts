import type { ScanProgress } from '@leeway/engine/scan/options.ts';
import type { Sink } from './io.ts';
import { formatCount, makeVisible, measureWidth, padEnd } from './output/text.ts';

/** Tells people who wait what is going on, on stderr. */
export interface Progress {
  report(event: ScanProgress): void;
  /** Takes the lines away again, so that the report stands alone. */
  clear(): void;
}

/** Lines at most, whatever the terminal's height. */
const mostLines = 16;
const clearLine = '\u001b[2K';
const lineUp = '\u001b[1A';

const signs: Readonly<Record<ScanProgress['state'], string>> = { waiting: '·', reading: '◷', done: '✓', failed: '▨' };
const words: Readonly<Record<ScanProgress['state'], string>> = {
  waiting: 'waiting',
  reading: 'reading',
  done: 'read',
  failed: 'not read',
};

/** One line a reading, redrawn in place, on a terminal; a line when one ends with `--verbose`; else nothing. */
export function createProgress(sink: Sink, options: { readonly quiet: boolean; readonly verbose: boolean }): Progress {
  if (options.quiet) return { report: () => {}, clear: () => {} };
  if (sink.isTerminal) return new LiveProgress(sink);
  return options.verbose ? plainProgress(sink) : { report: () => {}, clear: () => {} };
}

function describeReading(event: ScanProgress): string {
  return `${makeVisible(event.source)} ${event.plane} in ${makeVisible(event.environment)}`;
}

function plainProgress(sink: Sink): Progress {
  return {
    report(event) {
      if (event.state === 'done' || event.state === 'failed') {
        sink.write(
          `${signs[event.state]} ${describeReading(event)}: ${words[event.state]}, ${formatCount(event.count)} resources\n`,
        );
      }
    },
    clear: () => {},
  };
}

class LiveProgress implements Progress {
  readonly #sink: Sink;
  readonly #events = new Map<string, ScanProgress>();
  #drawn = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  report(event: ScanProgress): void {
    this.#events.set(`${event.environment}\0${event.source}\0${event.plane}`, event);
    const lines = this.#lines();
    this.#sink.write(this.#erase() + lines.map((line) => `${line}\n`).join(''));
    this.#drawn = lines.length;
  }

  clear(): void {
    this.#sink.write(this.#erase());
    this.#drawn = 0;
  }

  #erase(): string {
    return (lineUp + clearLine).repeat(this.#drawn);
  }

  /** What is being read first, then what failed, waits and is done; what does not fit is counted. */
  #lines(): string[] {
    const order: readonly ScanProgress['state'][] = ['reading', 'failed', 'waiting', 'done'];
    const events = order.flatMap((state) => [...this.#events.values()].filter((event) => event.state === state));
    // A terminal that does not know its size says 0.
    const room = Math.max(2, Math.min(mostLines, (this.#sink.rows || 24) - 2));
    const width = (this.#sink.columns || 80) - 1;
    const nameWidth = Math.max(...events.map((event) => measureWidth(describeReading(event))));
    const line = (event: ScanProgress) =>
      cut(
        `${signs[event.state]} ${padEnd(describeReading(event), nameWidth)}  ${words[event.state]}${event.count > 0 ? ` ${formatCount(event.count)}` : ''}`,
        width,
      );
    if (events.length <= room) return events.map(line);
    const rest = events.slice(room - 1);
    const done = rest.filter((event) => event.state === 'done').length;
    return [...events.slice(0, room - 1).map(line), cut(`  and ${rest.length} more, ${done} of them read`, width)];
  }
}

/** A line that wraps could not be taken away again. */
function cut(line: string, width: number): string {
  if (measureWidth(line) <= width) return line;
  let text = '';
  for (const character of line) {
    if (measureWidth(text + character) > width - 1) break;
    text += character;
  }
  return `${text}…`;
}
