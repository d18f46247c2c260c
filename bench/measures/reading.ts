import { hold, type Measure, type Measurement } from '../measure.ts';
import { runChild } from '../process.ts';

interface Read {
  readonly parse: number;
  readonly read: number;
  readonly bytes: number;
  readonly compare: number;
  readonly changed: number;
  readonly stored: number;
  readonly rescan: number;
  readonly residentMegabytes: number;
}

/** Reading, comparing and storing an estate of resources of 1 kB, on one core. */
export const reading: Measure = {
  name: 'reading',
  async run({ quick }) {
    const count = quick ? 100_000 : 1_000_000;
    const half = runChild<Read>('read.ts', [count / 2]);
    const whole = runChild<Read>('read.ts', [count]);
    // The same number of changes in an estate of half the size: its compare time is that of twice the drift per resource.
    const perChange = ({ compare, changed }: Read) => compare / changed;
    return describe(count, whole, perChange(whole) / perChange(half));
  },
};

function describe(count: number, whole: Read, doubling: number): readonly Measurement[] {
  const size = `${count.toLocaleString('en')} resources of 1 kB`;
  return [
    hold({
      name: `reading ${size}`,
      measured: whole.read,
      unit: 'ms',
      ratio: whole.read / whole.parse,
      against: 'JSON.parse of the same bytes',
      limit: 4,
    }),
    hold({
      name: 'resident memory while reading',
      measured: whole.residentMegabytes,
      unit: 'MB',
      ratio: whole.residentMegabytes / 1500,
      against: '1.5 GB',
      limit: 1,
    }),
    hold({
      name: 'comparing two snapshots, 0.1 % changed',
      measured: whole.compare,
      unit: 'ms',
      ratio: whole.compare / whole.read,
      against: 'reading one',
      limit: 1 / 50,
    }),
    hold({
      name: 'comparing, a change in twice the estate',
      measured: whole.compare,
      unit: 'ms',
      ratio: doubling,
      against: 'a change in half of it',
      limit: 1.3,
    }),
    hold({
      name: 'bytes a rescan adds, 0.1 % changed',
      measured: whole.rescan / 1024,
      unit: 'kB',
      ratio: whole.rescan / whole.stored,
      against: 'bytes of the first scan',
      limit: 0.01,
    }),
  ];
}
