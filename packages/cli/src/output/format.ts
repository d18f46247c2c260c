import type { Report } from '@leeway/engine';

/** How a report is to be written. */
export interface RenderOptions {
  /** Columns of the terminal, or 80. */
  readonly width: number;
  readonly colour: boolean;
  /** Lists what approved differences silence, each with its reason. */
  readonly showApproved: boolean;
  /** Version of Leeway, for formats that name their tool. */
  readonly version: string;
}

/** One output format. `render` yields the text in pieces so that a large report needs no second copy in memory. */
export interface Format {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  render(report: Report, options: RenderOptions): Iterable<string>;
}
