import { createHash } from 'node:crypto';
import { type Finding, type FindingGroup, formatProblem, type HeadlinePart } from '@leeway/core';
import type { Report } from '@leeway/engine';
import type { RenderOptions } from './format.ts';
import { renderMatrix } from './html-matrix.ts';
import { pageScript } from './html-script.ts';
import { pageStyle } from './html-style.ts';
import { escapeHtml, type Html, html, raw } from './html-text.ts';
import { formatInstant } from './instant.ts';
import { countOf, formatCount } from './text.ts';
import { compareFinding, type MarkedText } from './value.ts';
import {
  announceApprovals,
  describeApproval,
  describeBlastRadius,
  describeGap,
  describeOutcome,
  describeSubject,
  exitMeanings,
  findGaps,
  namePlaces,
  nameSide,
  severitySigns,
  shortId,
  verdictSigns,
} from './words.ts';

/** Rows of one finding and characters of one value shown on the page. */
const rowLimit = 60;
const textLimit = 4_000;

const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded and nothing runs but the page's own style and script, known by their digests. */
const contentPolicy = `default-src 'none'; style-src ${digest(pageStyle)}; script-src ${digest(pageScript)}; base-uri 'none'; form-action 'none'`;

/** One self-contained page: opens from disk, needs no network, reads well in light, dark and on a phone. */
export function* renderHtml(report: Report, options: RenderOptions): Generator<string> {
  yield renderHead(report);
  yield `<body>${renderHeader(report)}<main>${renderNotices(report)}${renderMatrix(report)}`;
  if (report.groups.length > 0) {
    yield `<section aria-labelledby="findings"><h2 id="findings">Findings</h2>${renderFilters(report)}<ol class="rows" id="rows">`;
    for (const group of report.groups) yield renderGroup(report, group);
    yield '</ol><p id="none" class="quiet" hidden>No finding matches. <button type="button" id="reset">Show all</button></p></section>';
  }
  yield renderApproved(report, options.showApproved);
  yield renderSources(report);
  yield `</main><footer>${escapeHtml(`Leeway ${options.version} · exit ${report.exitCode}: ${exitMeanings[report.exitCode]}`)}</footer><script>${pageScript}</script></body></html>\n`;
}

function renderHead(report: Report): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>Leeway: ${describeSubject(report)}</title>
<style>${raw(pageStyle)}</style></head>`.text;
}

function renderHeader(report: Report): string {
  const revision = report.mode === 'scan' ? ` · declared at ${report.revision}` : '';
  return html`<header><p class="quiet">${report.mode === 'scan' ? 'Estate' : 'Difference between'}</p>
<h1>${describeSubject(report)}</h1><p class="outcome">${describeOutcome(report)}</p>
<p class="quiet"><time datetime="${report.at}">${formatInstant(report.at)}</time>${revision}</p></header>`.text;
}

function renderNotices(report: Report): string {
  const gaps = findGaps(report).map((gap) => html`<li><b>▨ not checked</b> ${describeGap(gap)}</li>`);
  const problems = report.problems.map((found) => html`<li class="error"><b>error</b> ${formatProblem(found)}</li>`);
  const warnings = report.warnings.map((found) => html`<li><b>warning</b> ${formatProblem(found)}</li>`);
  const approvals = announceApprovals(report).map((text) => html`<li><b>approval</b> ${text}</li>`);
  const all = [...problems, ...warnings, ...gaps, ...approvals];
  return all.length > 0 ? html`<section aria-label="Notices"><ul class="notices">${all}</ul></section>`.text : '';
}

/** A choice for each value that occurs, in the order given. */
function renderChoice(name: string, label: string, values: readonly string[]): Html {
  const items = [...new Set(values)].map((value) => html`<option value="${value}">${value.replace('-', ' ')}</option>`);
  return html`<label>${label}<select name="${name}"><option value="">all</option>${items}</select></label>`;
}

function renderFilters(report: Report): string {
  const { groups } = report;
  const findings = report.findings;
  const fresh =
    report.summary.isNew > 0 ? html`<label class="check"><input type="checkbox" name="new"> new only</label>` : html``;
  return html`<form id="filters" role="search"><label class="search">Search<input type="search" name="text" placeholder="name, value, owner, id" autocomplete="off"></label>
${renderChoice(
  'severity',
  'Severity',
  groups.map((group) => group.severity),
)}
${renderChoice('verdict', 'Verdict', groups.map((group) => group.verdict).sort())}
${renderChoice(
  'environment',
  'Environment',
  namePlaces(report).filter((name) => findings.some((found) => found.environment === name)),
)}
${renderChoice('layer', 'Layer', findings.map((found) => found.layer).sort())}${fresh}
<output id="count" aria-live="polite">${countOf(groups.length, 'row')}</output></form>`.text;
}

/** What the eye looks for in a sentence: which thing, and where. */
const strong: ReadonlySet<HeadlinePart['role']> = new Set(['resource', 'environment']);

function renderHeadline(parts: readonly HeadlinePart[]): Html[] {
  return parts.map((part) => (strong.has(part.role) ? html`<b class="part">${part.text}</b>` : html`${part.text}`));
}

function renderGroup(report: Report, group: FindingGroup): string {
  const lead = group.findings[0];
  if (!lead) return '';
  const verdict = verdictSigns[lead.verdict];
  const severity = severitySigns[lead.severity];
  const isNew = group.findings.some((found) => report.history[found.fingerprint]?.isNew);
  const unique = (values: readonly string[]) => JSON.stringify([...new Set(values)]);
  const radius = describeBlastRadius(group);
  const since = report.history[lead.fingerprint]?.firstSeen;
  const facts = [
    html`<span class="severity">${severity.glyph} ${severity.word}</span>`,
    html`<span>${verdict.word}</span>`,
    ...(isNew
      ? [html`<span class="new">new</span>`]
      : since
        ? [html`<span>since <time datetime="${since}">${since.slice(0, 10)}</time></span>`]
        : []),
    html`<span>${lead.layer}</span>`,
    ...(lead.workload ? [html`<span>${lead.workload}</span>`] : []),
    html`<span>${lead.owner ? `owner ${lead.owner}` : 'no owner'}</span>`,
    ...(radius ? [html`<span class="radius">${radius}</span>`] : []),
    html`<code>${shortId(lead)}</code>`,
  ];
  return html`<li class="row ${lead.severity}" id="f-${lead.fingerprint}" data-severity="${group.severity}" data-verdict="${group.verdict}" data-environment="${unique(group.environments)}" data-layer="${unique(group.findings.map((found) => found.layer))}"${isNew ? raw(' data-new') : ''}>
<details><summary><span class="sign ${lead.verdict}" aria-hidden="true">${verdict.glyph}</span><span class="said"><span class="headline">${renderHeadline(lead.headline)}</span><span class="facts">${facts}</span></span></summary>
<div class="detail">${renderSides(lead)}${renderRest(lead)}${renderElsewhere(group)}</div></details></li>`.text;
}

function renderMarked(value: MarkedText | undefined): Html {
  if (!value) return html`<span class="quiet">—</span>`;
  const { text } = value;
  if (text.length > textLimit)
    return html`${text.slice(0, textLimit)}<span class="quiet"> … ${formatCount(text.length - textLimit)} more characters</span>`;
  const partial = value.from > 0 || value.to < text.length;
  if (!partial || value.from >= value.to) return html`${text}`;
  return html`<span class="same">${text.slice(0, value.from)}</span><mark>${text.slice(value.from, value.to)}</mark><span class="same">${text.slice(value.to)}</span>`;
}

function renderSides(found: Finding): Html {
  if (found.verdict === 'not-checked') return html``;
  const { sides, rows, equal } = compareFinding(found);
  const body = rows
    .slice(0, rowLimit)
    .map(
      (row) =>
        html`<tr><th scope="row">${row.label}</th>${sides.map((side) => html`<td class="${side}">${renderMarked(row[side])}</td>`)}</tr>`,
    );
  const rest = [
    ...(rows.length > rowLimit ? [`${formatCount(rows.length - rowLimit)} more differences`] : []),
    ...(equal > 0 ? [`${formatCount(equal)} more equal`] : []),
  ].join(' · ');
  const places = found.expected.place || found.actual.place;
  const where = places
    ? html`<tr class="where"><th scope="row"></th>${sides.map((side) => html`<td>${found[side].place ?? ''}</td>`)}</tr>`
    : html``;
  return html`${found.path ? html`<p class="path"><code>${found.path}</code></p>` : html``}
<div class="scroll"><table class="sides${rows.some((row) => row.label) ? '' : ' bare'}"><thead><tr><td></td>${sides.map((side) => html`<th scope="col">${nameSide(found, found[side])}</th>`)}</tr></thead>
<tbody>${body}${where}</tbody></table></div>${rest ? html`<p class="quiet">${rest}</p>` : html``}`;
}

function renderRest(found: Finding): Html {
  const { actor, at, via } = found.attribution;
  const who =
    actor || at || via
      ? html`<dt>Changed</dt><dd>${[at ? formatInstant(at) : 'at an unknown time', `by ${actor ?? 'unknown'}`, ...(via ? [`in ${via}`] : [])].join(', ')}</dd>`
      : html``;
  const approval = found.approval
    ? html`<dt>Approval</dt><dd>${found.approval.state}: ${describeApproval(found)}</dd>`
    : html``;
  const why = found.trace.map((line) => html`<li>${line}</li>`);
  return html`<dl><dt>Next</dt><dd>${found.advice}</dd>${who}${approval}<dt>Why</dt><dd><ul>${why}</ul></dd><dt>Kind</dt><dd>${found.kind} <code>${found.name}</code> from source ${found.source}</dd><dt>Id</dt><dd><code>${found.fingerprint}</code></dd></dl>`;
}

function renderElsewhere(group: FindingGroup): Html {
  if (group.findings.length < 2) return html``;
  const rows = group.findings
    .slice(0, rowLimit)
    .map(
      (found) =>
        html`<tr><td>${found.environment}</td><td>${found.name}</td><td>${found.severity}</td><td><code>${shortId(found)}</code></td></tr>`,
    );
  const more =
    group.findings.length > rowLimit
      ? html`<p class="quiet">${formatCount(group.findings.length - rowLimit)} more</p>`
      : html``;
  return html`<h3>Same cause in</h3><div class="scroll"><table><thead><tr><th scope="col">environment</th><th scope="col">resource</th><th scope="col">severity</th><th scope="col">id</th></tr></thead><tbody>${rows}</tbody></table></div>${more}`;
}

function renderApproved(report: Report, open: boolean): string {
  if (report.approved.length === 0) return '';
  const items = report.approved.map(
    (found) =>
      html`<li><span aria-hidden="true">•</span> ${renderHeadline(found.headline)}<p class="quiet">${describeApproval(found)}</p></li>`,
  );
  return html`<section><details${open ? raw(' open') : ''}><summary><h2>${countOf(report.approved.length, 'approved difference')}</h2></summary><ul class="plain">${items}</ul></details></section>`
    .text;
}

function renderSources(report: Report): string {
  if (report.sources.length === 0) return '';
  const rows = report.sources.map((source) => {
    const lacking = source.completeness
      .filter((each) => each.state !== 'complete')
      .map((each) => `${each.kind} ${each.state}`);
    const state = lacking.length === 0 ? html`complete` : html`<b>▨ ${lacking.join(', ')}</b>`;
    return html`<tr><td>${source.source}</td><td>${source.environment}</td><td>${source.plane}</td><td>${source.connector}</td><td class="number">${formatCount(source.count)}</td><td>${state}</td></tr>`;
  });
  return html`<section><details><summary><h2>${countOf(report.sources.length, 'source')}</h2></summary><div class="scroll"><table><thead><tr><th scope="col">source</th><th scope="col">environment</th><th scope="col">plane</th><th scope="col">read by</th><th scope="col" class="number">resources</th><th scope="col">read</th></tr></thead><tbody>${rows}</tbody></table></div></details></section>`
    .text;
}
