import { useState } from 'react';
import type { FindingPage } from '../../api/types.ts';
import { ProblemList } from '../../components/problem-box.tsx';
import { Part } from '../../components/screen.tsx';
import { TwoSides } from '../../components/two-sides.tsx';
import { useShortcuts } from '../../keyboard/use-shortcuts.ts';
import { Actions } from './actions.tsx';
import { AlsoHere } from './also-here.tsx';
import { Explain } from './explain.tsx';
import classes from './finding-details.module.css';
import { FindingHead } from './finding-head.tsx';
import { WhatHappened } from './what-happened.tsx';
import { WhyItCounts } from './why-it-counts.tsx';

/** Everything known of one finding, and what can be done about it: the same in the pane and on the page. */
export function FindingDetails({ page, wide = false }: { readonly page: FindingPage; readonly wide?: boolean }) {
  const { finding } = page;
  const [explained, setExplained] = useState(wide);
  useShortcuts([
    { keys: 'e', label: 'Explain the verdict', group: 'On a finding', run: () => setExplained((before) => !before) },
  ]);
  const hasSides = finding.verdict !== 'not-checked' && finding.verdict !== 'stale' && finding.verdict !== 'expired';
  return (
    <article className={classes.details} data-wide={wide || undefined}>
      <FindingHead page={page} />
      <Actions page={page} />
      {finding.problem && (
        <Part title="Why it could not be checked">
          <ProblemList problems={[finding.problem]} />
        </Part>
      )}
      <WhyItCounts page={page} />
      {hasSides && (
        <Part title="Two sides">
          <TwoSides expected={finding.expected} actual={finding.actual} path={finding.path} />
        </Part>
      )}
      <Explain trace={finding.trace} opened={explained} onToggle={() => setExplained(!explained)} />
      <WhatHappened events={page.events} />
      <AlsoHere page={page} />
    </article>
  );
}
