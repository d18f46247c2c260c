import type { Json, JsonObject } from '@leeway/core';
import type { Metadata, Mount } from './schema.ts';

/** A secrets engine or auth method; accessors and UUIDs are this server's own. */
export function mountAttributes({ type, description, local, seal_wrap, options, config }: Mount): JsonObject {
  return {
    type,
    description,
    local,
    sealWrap: seal_wrap,
    options: { ...options },
    defaultLeaseSeconds: config.default_lease_ttl,
    maxLeaseSeconds: config.max_lease_ttl,
    listing: config.listing_visibility ?? '',
  };
}

/** Identifiers that a server makes up for a role. */
const madeUp = /^(?:role_id|accessor|.*_accessor)$/;

export function roleAttributes(role: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(role).filter(([name]) => !madeUp.test(name)));
}

const millisecondsOfDay = 86_400_000;

/** What is known of a secret without looking at it. */
export function metadataAttributes(metadata: Metadata, now: Date, rotationDays: number | undefined): JsonObject {
  const current = metadata.versions[String(metadata.current_version)];
  const age = current ? (now.getTime() - Date.parse(current.created_time)) / millisecondsOfDay : 0;
  return {
    version: metadata.current_version,
    maxVersions: metadata.max_versions,
    casRequired: metadata.cas_required,
    deleteVersionAfter: metadata.delete_version_after,
    customMetadata: { ...metadata.custom_metadata },
    readable: current !== undefined && !current.destroyed && current.deletion_time === '',
    ...(current && { renewedAt: current.created_time }),
    ...(rotationDays !== undefined && { overdue: age > rotationDays }),
  };
}
