import type { JsonObject, Origin } from '@leeway/core';

/** One thing found on a host; its key follows the host's name, which alone stands for things a host has one of. */
export interface Found {
  readonly key?: string;
  readonly attributes: JsonObject;
  readonly origin?: Origin;
}
