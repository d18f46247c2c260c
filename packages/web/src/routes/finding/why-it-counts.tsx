import type { FindingPage } from '../../api/types.ts';
import { Part } from '../../components/screen.tsx';
import classes from './why-it-counts.module.css';

/** The policy, the workload that depends on it, and the approved difference that bears on it. */
export function WhyItCounts({ page: { finding, workload, policy } }: { readonly page: FindingPage }) {
  const { approval } = finding;
  return (
    <Part title="Why this counts">
      <ul className={classes.reasons}>
        {policy && (
          <li>
            Policy <b>{policy.code}</b>: {policy.title}
            {policy.expression !== undefined && <code className={classes.expression}>{policy.expression}</code>}
          </li>
        )}
        {workload && (
          <li>
            Workload <b>{workload.title}</b> of {workload.owner} has priority {workload.priority}
            {workload.rto !== undefined && `, must be back within ${duration(workload.rto)}`}
            {workload.rpo !== undefined && `, may lose ${duration(workload.rpo)} of data`}; {workload.hosting}.
          </li>
        )}
        {approval && (
          <li>
            Approved difference <b>{approval.id}</b> allows {approval.constraint}
            {stateWords[approval.state]} It was approved by {approval.approver} for {approval.owner}: {approval.reason}{' '}
            It ends {approval.expires}.
          </li>
        )}
        <li>{severityReason(finding.trace) ?? `Severity ${finding.severity}.`}</li>
      </ul>
    </Part>
  );
}

const stateWords = {
  holds: '; it holds.',
  broken: '; what is there now is not that.',
  expired: '; it has ended.',
} as const;

/** The line of the trace that says how the severity came about. */
function severityReason(trace: readonly string[]): string | undefined {
  const line = trace.find((one) => one.startsWith('severity '));
  return line === undefined ? undefined : `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

/** Seconds in words: "15 minutes", "4 hours". */
function duration(seconds: number): string {
  if (seconds % 86_400 === 0 && seconds > 0) return plural(seconds / 86_400, 'day');
  if (seconds % 3600 === 0 && seconds > 0) return plural(seconds / 3600, 'hour');
  return plural(Math.round(seconds / 60), 'minute');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
