import { ActionIcon } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { listOf, toggled } from '../../api/search-params.ts';
import type { FindingFacets, Severity, Verdict } from '../../api/types.ts';
import { Icon } from '../../components/icon.tsx';
import { SeverityWeight, severityOrder } from '../../components/severity-weight.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import { markTitles, VerdictMark } from '../../components/verdict-mark.tsx';
import classes from './facets.module.css';
import type { FindingsFilter, ListFilter } from './search.ts';

interface FacetsProps {
  readonly facets: FindingFacets | undefined;
  readonly isLoading: boolean;
  readonly filter: FindingsFilter;
  readonly onChange: (next: { readonly [K in ListFilter]?: string | undefined }) => void;
  /** Closes them, where they lie over the list; absent where they stand beside it. */
  readonly onClose: (() => void) | undefined;
}

/** Filters by field, each with how many findings it would leave. */
export function Facets({ facets, isLoading, filter, onChange, onClose }: FacetsProps) {
  const facet = (name: ListFilter & keyof FindingFacets, title: string, options: readonly FacetOption[]) => (
    <Facet
      title={title}
      options={options}
      chosen={listOf(filter[name])}
      onToggle={(value) => onChange({ [name]: toggled(filter[name], value) })}
    />
  );
  return (
    <aside className={classes.facets} aria-label="Filters" data-over={onClose !== undefined || undefined}>
      {onClose && (
        <div className={classes.tools}>
          <strong>Filters</strong>
          <ActionIcon onClick={onClose} aria-label="Close the filters">
            <Icon name="close" />
          </ActionIcon>
        </div>
      )}
      {facets ? (
        <>
          {facet('verdict', 'Verdict', verdictOptions(facets.verdict))}
          {facet('severity', 'Severity', severityOptions(facets.severity))}
          {facet('environment', 'Environment', plainOptions(facets.environment, filter.environment))}
          {facet('layer', 'Layer', plainOptions(facets.layer, filter.layer))}
          {facet('workload', 'Workload', plainOptions(facets.workload, filter.workload))}
          {facet('owner', 'Owner', plainOptions(facets.owner, filter.owner))}
        </>
      ) : (
        isLoading && <TextSkeleton lines={10} label="Loading the filters" />
      )}
    </aside>
  );
}

interface FacetOption {
  readonly value: string;
  readonly count: number;
  readonly title?: string;
  readonly sign?: ReactNode;
}

function verdictOptions(counts: FindingFacets['verdict']): readonly FacetOption[] {
  return (Object.entries(counts) as [Verdict, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => ({ value, count, title: markTitles[value], sign: <VerdictMark of={value} decorative /> }));
}

function severityOptions(counts: FindingFacets['severity']): readonly FacetOption[] {
  return severityOrder
    .filter((value) => counts[value] !== undefined)
    .map((value: Severity) => ({ value, count: counts[value] ?? 0, sign: <SeverityWeight of={value} /> }));
}

/** Most first; what is chosen stays, even when nothing is left of it. */
function plainOptions(counts: Readonly<Record<string, number>>, chosen: string | undefined): readonly FacetOption[] {
  const gone = listOf(chosen).filter((value) => counts[value] === undefined);
  return [
    ...Object.entries(counts)
      .sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
      .map(([value, count]) => ({ value, count })),
    ...gone.map((value) => ({ value, count: 0 })),
  ];
}

/** Options shown before one asks for all. */
const most = 7;

function Facet(props: {
  readonly title: string;
  readonly options: readonly FacetOption[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) {
  const { title, options, chosen, onToggle } = props;
  const [whole, setWhole] = useState(false);
  if (options.length === 0) return null;
  const shown = whole ? options : options.filter(({ value }, index) => index < most || chosen.includes(value));
  return (
    <fieldset className={classes.facet}>
      <legend>{title}</legend>
      {shown.map(({ value, count, title: name = value, sign }) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen.includes(value)}
          className={classes.option}
          onClick={() => onToggle(value)}
        >
          {sign}
          <span className={classes.name} title={name}>
            {name}
          </span>
          <span className={classes.count}>{count.toLocaleString('en')}</span>
        </button>
      ))}
      {options.length > shown.length && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {options.length - shown.length} more
        </button>
      )}
    </fieldset>
  );
}
