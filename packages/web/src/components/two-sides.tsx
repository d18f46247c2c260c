import type { Side } from '../api/types.ts';
import classes from './two-sides.module.css';
import { ValueDiff } from './value-diff-view.tsx';

interface TwoSidesProps {
  readonly expected: Side;
  readonly actual: Side;
  /** Where in the resource, as a JSON Pointer; empty for the whole. */
  readonly path: string;
}

/** What is expected and what is there, with where each was read. */
export function TwoSides({ expected, actual, path }: TwoSidesProps) {
  const [left, right] = [sideName(expected), sideName(actual)];
  return (
    <div>
      {path !== '' && <code className={classes.path}>{path}</code>}
      <div className={classes.heads}>
        <SideHead side={expected} name={left} what="expected" />
        <SideHead side={actual} name={right} what="actual" />
      </div>
      {expected.present && actual.present ? (
        <ValueDiff left={expected.value} right={actual.value} leftLabel={left} rightLabel={right} />
      ) : (
        <ValueDiff
          left={expected.present ? (expected.value ?? 'present') : 'not there'}
          right={actual.present ? (actual.value ?? 'present') : 'not there'}
          leftLabel={left}
          rightLabel={right}
        />
      )}
    </div>
  );
}

const sideNames: Readonly<Record<string, string>> = {
  declared: 'Git',
  observed: 'live',
  applied: 'last applied',
  policy: 'policy',
};

function sideName({ from }: Side): string {
  return sideNames[from] ?? from;
}

function SideHead({ side, name, what }: { readonly side: Side; readonly name: string; readonly what: string }) {
  return (
    <div className={classes.head}>
      <strong>{name}</strong> <span className={classes.what}>{what}</span>
      {side.place !== undefined && <code className={classes.place}>{side.place}</code>}
    </div>
  );
}
