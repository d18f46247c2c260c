import type { JsonObject } from '@leeway/core';
import { entries, type Field, textAt } from '../../shared/cloud/shape.ts';

/** EC2's list of tags. */
export const ec2Tags: Field = entries('tagSet.item', 'key', 'value');

/** Tags as attributes, under any of the spellings of their list; none where there are none. */
export const keyValueTags = (path: string): Field => entries(path, 'Key', 'Value');

/** The tag that is a resource's name for people. */
export function nameTag({ tags }: JsonObject): string | undefined {
  return textAt(tags, 'Name');
}
