import { describe, it } from 'vitest';
import type { Explanation, HistoryPage } from '../use-cases.ts';
import { renderExplanation } from './explanation.ts';
import { renderHistory } from './history.ts';
import { expectGolden } from './testing/golden.ts';
import { northwind } from './testing/northwind.ts';

const options = { width: 80, colour: false };
const [found] = northwind.findings;
const headline = 'Security group wms lets 0.0.0.0/0 reach port 5432 in production-eu; Git allows 10.0.0.0/8.';
const event = {
  at: '2026-11-23T14:32:00Z',
  scan: 's1',
  event: 'seen',
  verdict: 'drift',
  severity: 'critical',
  headline,
} as const;

describe('what is told of one finding and of the past', () => {
  it('explains a finding', () => {
    const explanation: Explanation = {
      finding: found!,
      history: northwind.history[found!.fingerprint]!,
      events: [event],
    };
    expectGolden('explanation.text', [...renderExplanation(explanation, options)].join(''));
  });

  it('lists what happened, and the scans', () => {
    const page: HistoryPage = {
      events: [
        { ...event, fingerprint: found!.fingerprint, environment: 'production-eu' },
        {
          ...event,
          event: 'resolved',
          headline: 'Queue \u001b[31medi is back.',
          fingerprint: 'ffff000011112222',
          environment: 'test',
        },
      ],
      scans: [
        {
          id: 's1',
          estate: 'northwind',
          at: '2026-11-23T14:32:00Z',
          revision: '3f9c2e1',
          environments: ['production-eu', 'test'],
          sources: ['cluster'],
          exitCode: 2,
        },
      ],
    };
    expectGolden('history.text', [...renderHistory(page, options)].join(''));
  });

  it('says how to begin where nothing was recorded', () => {
    expectGolden('history-empty.text', [...renderHistory({ events: [], scans: [] }, options)].join(''));
  });
});
