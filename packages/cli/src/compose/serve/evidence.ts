import type { RenderEvidence } from '@leeway/server';
import { formats } from '../../output/formats.ts';

/** Evidence in the formats of the command line, with what approved differences silence. */
export function evidenceRenderer(version: string): RenderEvidence {
  return (report, name) => {
    const format = formats.find((each) => each.name === name);
    if (!format) throw new Error(`no format ${name}`);
    return format.render(report, { width: 80, colour: false, showApproved: true, version });
  };
}
