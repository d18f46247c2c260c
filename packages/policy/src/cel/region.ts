import { rememberByText, rememberLast } from './remember.ts';

/** Where a cloud resource is, from the fields the Terraform providers use. */

type Fields = Readonly<Record<string, unknown>>;

/** Fields that name a region or a zone, in the order they are trusted. */
const regionFields = ['region', 'location', 'availability_zone', 'zone'] as const;

/**
 * The region a resource stands in, lower case without spaces (`westeurope` for Azure's `West Europe`), zones cut to their
 * region (`eu-west-1a` → `eu-west-1`, `europe-west4-b` → `europe-west4`); failing all fields, the region of its ARN.
 * Empty when nothing tells. Google writes multi-regions in capitals (`EU`), which come out as `eu`.
 */
export const regionOf: (resource: Fields) => string = rememberLast((resource) => findRegion(resource as Fields));

function findRegion(resource: Fields): string {
  for (const name of regionFields) {
    const value = resource[name];
    if (typeof value === 'string' && value !== '') return cutZone(value.toLowerCase().replaceAll(' ', ''));
  }
  const arn = resource['arn'];
  return typeof arn === 'string' ? (arn.split(':')[3] ?? '') : '';
}

const cutZone = rememberByText((place) => {
  const name = place.slice(place.lastIndexOf('/') + 1);
  return name.replace(/^([a-z]+(?:-[a-z]+)+-\d+)[a-z]$/, '$1').replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1');
}, 1000);
