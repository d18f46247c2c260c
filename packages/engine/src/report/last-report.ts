import {
  type Case,
  compareFindings,
  type Finding,
  groupFindings,
  indexKinds,
  judge,
  type SnapshotHeader,
} from '@leeway/core';
import type { Estate, Source } from '@leeway/estate';
import type { Report } from '../report.ts';
import { assembleHistory, assembleReport } from '../scan/assemble-report.ts';
import { environmentFacts } from '../scan/environment-facts.ts';
import { judgeContext } from '../scan/judge-context.ts';
import type { ScanOptions } from '../scan/options.ts';

/**
 * What is known without reading anything: the open findings as last recorded, and a `stale` finding for every reading
 * older than its source's freshness. What was never read is `not-checked`.
 */
export async function lastReport(options: ScanOptions): Promise<Report> {
  const { store, estate } = options;
  const headers = await latestHeaders(options);
  const open = (await store.findings.open(estate.name)).filter((finding) => inEstate(finding, estate));
  const kinds = indexKinds([]);
  const ages = judge(ageCases(headers, estate, options.now), await judgeContext(options, kinds));
  const findings = [...open, ...ages.open].sort(compareFindings);
  const judgement = { open: findings, approved: [] };
  const report = assembleReport({
    options,
    readings: [],
    judgement,
    groups: groupFindings(findings),
    approvals: [],
    problems: [],
  });
  const history = await Promise.all(open.map(({ fingerprint }) => store.findings.find(estate.name, fingerprint)));
  const known = history.flatMap((each) =>
    each.state === 'found' ? [[each.history.fingerprint, each.history] as const] : [],
  );
  const sources = headers.map((header) => sourceReport(header, estate));
  return {
    ...assembleHistory(report, Object.fromEntries(known), options),
    sources,
    summary: { ...report.summary, resources: count(headers) },
  };
}

function count(headers: readonly SnapshotHeader[]): number {
  return headers.reduce((sum, header) => sum + header.count, 0);
}

function inEstate(finding: Finding, estate: Estate): boolean {
  return finding.environment === 'estate' || estate.environments.some(({ name }) => name === finding.environment);
}

const planes = ['declared', 'applied', 'observed'] as const;

async function latestHeaders({ store, estate }: ScanOptions): Promise<readonly SnapshotHeader[]> {
  const headers: SnapshotHeader[] = [];
  for (const source of estate.sources) {
    for (const environment of source.environments) {
      for (const plane of planes) {
        const [latest] = await store.snapshots.list({ estate: estate.name, environment, source: source.id, plane }, 1);
        if (latest) headers.push(latest);
      }
    }
  }
  return headers;
}

function ageCases(headers: readonly SnapshotHeader[], estate: Estate, now: Date): readonly Case[] {
  return headers.flatMap((header): readonly Case[] => {
    const source = estate.sources.find(({ id }) => id === header.source);
    const environment = estate.environments.find(({ name }) => name === header.environment);
    const { freshness } = source ?? {};
    if (!environment || freshness === undefined || header.plane === 'declared') return [];
    if (now.getTime() - Date.parse(header.takenAt) <= freshness * 1000) return [];
    const facts = environmentFacts(environment);
    return [
      {
        type: 'stale',
        environment: facts,
        source: header.source,
        plane: header.plane,
        layer: 'delivery',
        takenAt: header.takenAt,
        freshness,
      },
    ];
  });
}

function sourceReport(header: SnapshotHeader, estate: Estate): Report['sources'][number] {
  const source: Source | undefined = estate.sources.find(({ id }) => id === header.source);
  const { environment, plane, takenAt, count: resources, completeness } = header;
  const connector = source?.[plane]?.connector ?? source?.declared?.connector ?? '';
  return {
    source: header.source,
    environment,
    plane,
    connector,
    takenAt,
    count: resources,
    completeness,
    milliseconds: 0,
  };
}
