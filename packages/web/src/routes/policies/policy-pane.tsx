import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PolicyRow } from '../../api/types.ts';
import { DetailPane } from '../../components/detail-pane.tsx';
import { More } from '../../components/more.tsx';
import { Preformatted } from '../../components/preformatted.tsx';
import { ProblemBox } from '../../components/problem-box.tsx';
import { Facts, Part } from '../../components/screen.tsx';
import { SeverityWeight } from '../../components/severity-weight.tsx';
import { TextSkeleton } from '../../components/skeletons.tsx';
import classes from './policies.module.css';
import { failingQuery } from './queries.ts';

/** One policy: what it says, what to do, and which resources do not meet it. */
export function PolicyPane({ policy, onClose }: { readonly policy: PolicyRow; readonly onClose: () => void }) {
  const { code, title, pack, severity, kinds, expression, remediation, place, failing, excepted } = policy;
  return (
    <DetailPane label={`Policy ${code}`} onClose={onClose}>
      <Part title={title} aside={<SeverityWeight of={severity} label />}>
        <Facts
          of={[
            ['Pack', pack],
            ['Kinds', kinds.join(', ')],
            ['What to do', remediation],
            [
              'Place',
              place?.file !== undefined && (
                <code key="place">{[place.file, place.line].filter((part) => part !== undefined).join(':')}</code>
              ),
            ],
          ]}
        />
      </Part>
      <Part title="Expression">
        {expression === undefined ? (
          <p>A compiled Rego bundle: its text is not here.</p>
        ) : (
          <Preformatted>{expression}</Preformatted>
        )}
      </Part>
      <Part
        title="Not met by"
        aside={`${failing}${excepted > 0 ? `, and ${excepted} accepted by approved differences` : ''}`}
      >
        <Failing code={code} />
      </Part>
    </DetailPane>
  );
}

function Failing({ code }: { readonly code: string }) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(failingQuery(code));
  if (error) return <ProblemBox error={error} />;
  if (!data) return <TextSkeleton lines={6} label="Loading what does not meet it" />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p>Every resource it looks at meets it.</p>;
  return (
    <>
      <ul className={classes.failing}>
        {items.map(({ fingerprint, environment, name, kind, message, approval }) => (
          <li key={fingerprint}>
            <Link to="/findings/$fingerprint" params={{ fingerprint }}>
              <b>{name}</b> in {environment}
            </Link>{' '}
            <code>{kind}</code>
            <p>
              {message}
              {approval !== undefined && ` Accepted by ${approval}.`}
            </p>
          </li>
        ))}
      </ul>
      <More has={hasNextPage} loading={isFetchingNextPage} onMore={() => void fetchNextPage()} />
    </>
  );
}
