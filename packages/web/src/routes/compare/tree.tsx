import type { Comparison } from '../../api/types.ts';
import classes from './compare-screen.module.css';
import type { CompareFilter } from './queries.ts';

type Branch = Comparison['tree'][number];

interface TreeProps {
  readonly tree: readonly Branch[];
  readonly filter: CompareFilter;
  readonly onChange: (next: { layer?: string | undefined; kind?: string | undefined }) => void;
}

/** Layers, and the kinds in each, with how many differ. Choosing one narrows the list. */
export function CompareTree({ tree, filter, onChange }: TreeProps) {
  const layers = [...new Set(tree.map(({ layer }) => layer))];
  return (
    <nav className={classes.tree} aria-label="By layer and kind">
      <ul>
        {layers.map((layer) => {
          const kinds = kindsOf(tree.filter((branch) => branch.layer === layer));
          const isChosen = filter.layer === layer && filter.kind === undefined;
          return (
            <li key={layer}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onChange(isChosen ? { layer: undefined, kind: undefined } : { layer, kind: undefined })}
              >
                <b>{layer}</b> <Count of={sum(kinds)} />
              </button>
              <ul>
                {kinds.map((branch) => (
                  <li key={branch.kind}>
                    <button
                      type="button"
                      aria-pressed={filter.kind === branch.kind}
                      onClick={() =>
                        onChange(filter.kind === branch.kind ? { kind: undefined } : { layer, kind: branch.kind })
                      }
                    >
                      {branch.kind} <Count of={branch} />
                    </button>
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

type Counted = Pick<Branch, 'differing' | 'approved'>;

function Count({ of: { differing, approved } }: { readonly of: Counted }) {
  return (
    <span className={classes.counts}>
      {differing > 0 && differing}
      {approved > 0 && <span> ({approved})</span>}
    </span>
  );
}

/** Workloads folded together: the tree is by layer and kind. */
function kindsOf(branches: readonly Branch[]): readonly (Counted & { readonly kind: string })[] {
  const byKind = new Map<string, Counted>();
  for (const branch of branches)
    byKind.set(branch.kind, sum([branch, byKind.get(branch.kind) ?? { differing: 0, approved: 0 }]));
  return [...byKind].map(([kind, counted]) => ({ kind, ...counted }));
}

function sum(counted: readonly Counted[]): Counted {
  return {
    differing: counted.reduce((total, { differing }) => total + differing, 0),
    approved: counted.reduce((total, { approved }) => total + approved, 0),
  };
}
