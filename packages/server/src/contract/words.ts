import { approvedCategories, layers, severities, verdicts } from '@leeway/core';
import { z } from 'zod';

/** Words that several operations share. Every schema with an id is a component of the OpenAPI document. */

export const severity = z.enum(severities).meta({ id: 'Severity' });
export const verdict = z.enum(verdicts).meta({ id: 'Verdict' });
export const layer = z.enum(layers).meta({ id: 'Layer' });
export const plane = z.enum(['declared', 'applied', 'observed']).meta({ id: 'Plane' });
export const approvedCategory = z.enum(approvedCategories).meta({ id: 'ApprovedCategory' });

/** ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true }).meta({ id: 'Instant' });

export const headlinePart = z
  .object({
    text: z.string(),
    role: z.enum(['resource', 'environment', 'value', 'actor', 'time', 'place', 'policy']).optional(),
  })
  .meta({
    id: 'HeadlinePart',
    description: 'A piece of a headline: plain text, or text a screen links or highlights.',
  });

export const headline = z.array(headlinePart);

export const place = z
  .object({
    file: z.string().optional(),
    line: z.number().int().optional(),
    column: z.number().int().optional(),
    pointer: z.string().optional(),
  })
  .meta({ id: 'Place' });

export const problem = z
  .object({ code: z.string(), message: z.string(), hint: z.string(), place: place.optional() })
  .meta({ id: 'Problem', description: 'A coded problem with its cause and the next step; docs/errors.md lists them.' });

/** RFC 9457. */
export const problemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    hint: z.string(),
    /** Id of the request, as in the log. */
    instance: z.string(),
    problems: z.array(problem).optional().describe('All problems, where there are several.'),
  })
  .meta({ id: 'ProblemDocument', description: 'RFC 9457 problem details with a code of the one registry.' });

export const environmentName = z.string().min(1).max(200);

/** A comma-separated list in a query, such as `severity=high,critical`. */
export function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .max(4000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(200))
    .optional();
}

export const pageQuery = {
  cursor: z.string().max(2000).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('Cursor of the next page; absent on the last one.'),
    total: z.number().int().describe('Items in all pages.'),
  });
}

export const verdictCounts = z.partialRecord(verdict, z.number().int());
export const severityCounts = z.partialRecord(severity, z.number().int());
