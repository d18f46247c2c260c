import { quoteText } from './migrations.ts';

/** SQL condition on `n.nspname` for patterns with `*`; without any, every schema that people made. */
export function schemaFilter(include: readonly string[] = [], exclude: readonly string[] = []): string {
  const conditions = ["n.nspname not like 'pg\\_%'", "n.nspname <> 'information_schema'"];
  if (include.length > 0) conditions.push(`n.nspname ~ ${expressionOf(include)}`);
  if (exclude.length > 0) conditions.push(`n.nspname !~ ${expressionOf(exclude)}`);
  return conditions.join(' and ');
}

function expressionOf(patterns: readonly string[]): string {
  const translate = (pattern: string) => pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return quoteText(`^(?:${patterns.map(translate).join('|')})$`);
}
