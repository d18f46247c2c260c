import type { Kind } from '@leeway/core';
import { awsKinds } from '../terraform/kinds/aws.ts';
import { readers } from './readers/index.ts';

const read = new Set(readers.flatMap((reader) => reader.kinds));

/** Terraform's own declarations of what is read: what one of them calls noise is noise to both. */
export const kinds: readonly Kind[] = awsKinds.filter(({ name }) => read.has(name));
