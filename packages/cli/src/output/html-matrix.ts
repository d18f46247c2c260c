import { type Finding, type Layer, layers, type Severity, severities } from '@leeway/core';
import type { Report } from '@leeway/engine';
import { type Html, html } from './html-text.ts';
import { countOf } from './text.ts';
import { severitySigns } from './words.ts';

/** Environments across, layers down: where it hurts, at one glance. A cell counts findings and names the worst. */
export function renderMatrix(report: Report): string {
  const names = report.environments.map((each) => each.name);
  const used = layers.filter((layer) =>
    [...report.findings, ...report.approved].some((found) => found.layer === layer),
  );
  if (report.mode !== 'scan' || used.length === 0) return '';
  const open = groupCells(report.findings);
  const approved = groupCells(report.approved);
  const rows = used.map((layer) => {
    const cells = names.map((name) =>
      renderCell(name, layer, open.get(cellKey(name, layer)) ?? [], approved.get(cellKey(name, layer))?.length ?? 0),
    );
    return html`<tr><th scope="row">${layer}</th>${cells}</tr>`;
  });
  const heads = report.environments.map(
    (each) =>
      html`<th scope="col">${each.name}${each.mirrors ? html`<span class="quiet">mirrors ${each.mirrors}</span>` : html``}</th>`,
  );
  return html`<section aria-label="Findings by layer and environment"><div class="scroll"><table class="matrix"><thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table></div></section>`
    .text;
}

const cellKey = (environment: string, layer: Layer) => `${layer} ${environment}`;

function groupCells(findings: readonly Finding[]): Map<string, Finding[]> {
  return Map.groupBy(findings, (found) => cellKey(found.environment, found.layer));
}

function worst(findings: readonly Finding[]): Severity {
  return severities[Math.max(...findings.map((found) => severities.indexOf(found.severity)))] ?? 'low';
}

function renderCell(environment: string, layer: Layer, findings: readonly Finding[], approved: number): Html {
  const bracket =
    approved > 0
      ? html` <span class="quiet" title="${countOf(approved, 'approved difference')}">(${String(approved)})</span>`
      : html``;
  if (findings.length === 0) return html`<td><span class="quiet">·</span>${bracket}</td>`;
  const severity = worst(findings);
  const unchecked = findings.filter((found) => found.verdict === 'not-checked' || found.verdict === 'stale').length;
  const hatch =
    unchecked > 0 ? html` <span class="quiet" title="${countOf(unchecked, 'part')} not checked">▨</span>` : html``;
  const title = `${countOf(findings.length, 'finding')} in ${environment}, ${layer}; the worst is ${severity}`;
  return html`<td class="${severity}"><button type="button" data-environment="${environment}" data-layer="${layer}" title="${title}">${severitySigns[severity].glyph} ${String(findings.length)}</button>${hatch}${bracket}</td>`;
}
