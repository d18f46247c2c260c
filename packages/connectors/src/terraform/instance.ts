import type { JsonObject } from '@leeway/core';

/** One managed object of a state or plan, secrets sealed, in one form whatever file it came from. */
export interface Instance {
  /** `module.edge["eu"].aws_security_group.db[0]`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: JsonObject;
}
