import { z } from 'zod';
import { durationPattern } from '../text/duration.ts';

/**
 * Leaf values of leeway.yaml. `title` is how an error names what is expected, with its article; `examples` what it
 * shows; `description` what an editor explains.
 */
export const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const name = z.string().regex(namePattern).meta({ title: 'a name of letters, digits, ".", "_" and "-"' });

export const text = z.string().min(1).meta({ title: 'a text' });

/** A name, or a pattern with `*`. */
export const pattern = z
  .string()
  .min(1)
  .meta({ title: 'a name, or a pattern with "*"', examples: ['staging-*'] });

export const duration = z
  .string()
  .regex(durationPattern)
  .meta({ title: 'a duration', examples: ['4h', '30s', '15m', '14d'] });

export const names = z
  .union([pattern, z.array(pattern).min(1)])
  .meta({ title: 'a name, or a list of names', examples: ['[production-eu, staging-*]'] });

/** Any JSON value: what the format's parser made of it. */
export const anything = z.unknown();

export const parameters = z
  .record(z.string().regex(/^[A-Za-z][\w-]*$/), anything)
  .meta({ title: 'a map of names and values', examples: ['{cluster: wms-eu-1}'] });

/** One value or several, without repeating the brackets for one. */
export function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
