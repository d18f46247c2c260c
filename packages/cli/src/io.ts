/** Where text goes. A Node stream is one; tests hand in their own. */
export interface Sink {
  /** Returns false when the reader is slower than the writer: then wait for {@link Sink.drained}. */
  write(text: string): boolean;
  /** Resolves when more may be written, or when nobody reads any more. */
  drained(): Promise<void>;
  /** True once the reader has gone (`leeway scan | head`). */
  readonly closed: boolean;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
}

/** Everything of the outside world that a command may touch, apart from the use cases. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** The clock, unless `--now` names an instant. */
  readonly now: () => Date;
  /** Fires on Ctrl-C and on SIGTERM. */
  readonly signal: AbortSignal;
}

/** Writes pieces as fast as the reader takes them, and stops quietly when it has gone. */
export async function writeAll(sink: Sink, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (sink.closed) return;
    if (!sink.write(piece)) await sink.drained();
  }
}

/** A sink over a Node stream. A reader that goes away (EPIPE) is no error. */
export function streamSink(stream: NodeJS.WriteStream): Sink {
  let closed = false;
  let wake: (() => void) | undefined;
  const settle = () => {
    wake?.();
    wake = undefined;
  };
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    settle();
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
  stream.on('drain', settle);
  return {
    write: (text) => stream.write(text),
    drained: () =>
      closed || !stream.writableNeedDrain
        ? Promise.resolve()
        : new Promise((resolve) => {
            wake = resolve;
          }),
    get closed() {
      return closed;
    },
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
  };
}
