import type { Problem } from '@leeway/core';
import type { z } from 'zod';
import type { problem } from '../contract/words.ts';

/** A problem as answers carry it. */
export function problemOf({ code, message, hint, place }: Problem): z.output<typeof problem> {
  return { code, message, hint, ...(place && { place }) };
}
