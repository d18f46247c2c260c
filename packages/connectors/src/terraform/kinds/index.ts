import type { Kind } from '@leeway/core';
import { awsKinds } from './aws.ts';
import { azurermKinds } from './azurerm.ts';
import { googleKinds } from './google.ts';
import { otherKinds } from './others.ts';

/** Resource types by provider; the most literal pattern that fits a type is used. */
export const terraformKinds: readonly Kind[] = [...awsKinds, ...azurermKinds, ...googleKinds, ...otherKinds];
