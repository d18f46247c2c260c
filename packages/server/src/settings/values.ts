import { durationPattern } from '@leeway/estate/text/duration.ts';
import { z } from 'zod';

/** Values that sections of server.yaml share. `title` is how an error names what is expected. */

export const settingName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
  .meta({ title: 'a name of letters, digits, ".", "_" and "-"' });

/** Secrets are never in the file: it names the variable that holds one. */
export const variableName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/)
  .meta({ title: 'the name of an environment variable', examples: ['LEEWAY_SLACK_URL'] });

export const duration = z
  .string()
  .regex(durationPattern)
  .meta({ title: 'a duration', examples: ['4h', '30s', '15m'] });

export const patterns = z
  .array(z.string().min(1).max(200))
  .max(500)
  .meta({ title: 'a list of names or patterns with "*"', examples: ['[production-*]'] });

/** An IANA time zone this runtime knows. */
export const timeZone = z
  .string()
  .refine((zone) => isTimeZone(zone))
  .meta({ title: 'an IANA time zone', examples: ['Europe/Amsterdam'] });

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
