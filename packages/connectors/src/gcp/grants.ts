import type { Json, JsonObject } from '@leeway/core';
import type { Draft } from '../shared/cloud/jobs.ts';
import { itemsAt, shape, text, textAt, valueAt } from '../shared/cloud/shape.ts';
import type { Google } from './assets.ts';
import { pathOf } from './row.ts';

/** What grants are read of, and how Terraform names them and what they are given on. */
const owners = [
  { type: 'cloudresourcemanager.googleapis.com/Project', kind: 'google_project_iam_member', field: 'project' },
  { type: 'cloudresourcemanager.googleapis.com/Folder', kind: 'google_folder_iam_member', field: 'folder' },
  { type: 'cloudresourcemanager.googleapis.com/Organization', kind: 'google_organization_iam_member', field: 'org_id' },
  { type: 'storage.googleapis.com/Bucket', kind: 'google_storage_bucket_iam_member', field: 'bucket' },
] as const;

export const grantKinds: readonly string[] = owners.map(({ kind }) => kind);

/** Who has which role on what, one grant each. */
export async function* readGrants(
  google: Google,
  kinds: readonly string[],
  prefixOf: (asset: Json) => string,
): AsyncGenerator<Draft> {
  const wanted = owners.filter(({ kind }) => kinds.includes(kind));
  const assets = google.assets(
    'grants',
    'IAM_POLICY',
    wanted.map(({ type }) => type),
  );
  for await (const asset of assets) {
    const owner = wanted.find(({ type }) => type === textAt(asset, 'assetType'));
    if (!owner) continue;
    const name = ownerName(asset, owner.field);
    for (const binding of itemsAt(asset, 'iamPolicy.bindings')) {
      for (const member of itemsAt(binding, 'members')) {
        yield toGrant(textAt(member, '') ?? '', binding, { ...owner, name, prefix: prefixOf(asset) });
      }
    }
  }
}

/** A bucket is `b/name` to Terraform, a folder `folders/1`, everything else its bare name. */
function ownerName(asset: Json, field: string): string {
  const path = pathOf(textAt(asset, 'name') ?? '');
  if (field === 'bucket') return `b/${path}`;
  return field === 'folder' ? path : path.replace(/^(?:projects|organizations)\//, '');
}

interface Owner {
  readonly kind: string;
  readonly field: string;
  readonly name: string;
  readonly prefix: string;
}

function toGrant(member: string, binding: Json, { kind, field, name, prefix }: Owner): Draft {
  const role = textAt(binding, 'role') ?? '';
  const condition = valueAt(binding, 'condition');
  const title = textAt(binding, 'condition.title');
  const id = [name, role, member, ...(title === undefined ? [] : [title])].join('/');
  const attributes: JsonObject = {
    id,
    [field]: name,
    role,
    member,
    condition:
      condition === undefined
        ? []
        : [
            shape({ title: text('title'), description: text('description'), expression: text('expression') })(
              condition,
            ),
          ],
  };
  const on = field === 'bucket' ? `${name.slice(2)}/` : '';
  const label = `${prefix}${on}${role}/${member}${title === undefined ? '' : `/${title}`}`;
  return { kind, name: label, attributes, ids: [id], isGiven: isOfGoogle(member) };
}

/** Agents of Google's own services, which get their roles as services are switched on. */
function isOfGoogle(member: string): boolean {
  return /^serviceAccount:(?:service-\d+@|\d+@cloudservices\.|\d+-compute@developer\.)/.test(member);
}
