import type { Kind } from '@leeway/core';
import { at, defineKinds } from './define.ts';

const podTemplate = '/spec/*/template/*/spec/*';
const containers = [`${podTemplate}/container`, `${podTemplate}/init_container`];

/** Kubernetes objects as the provider of that name writes them: blocks are lists, quantities keep their spelling. */
const kubernetesKinds = defineKinds(
  {
    noise: {
      instance: ['/id', '/metadata/*/uid'],
      computed: [
        ...at('resource_version generation self_link generate_name', '/metadata/*'),
        '/status',
        '/wait_for_rollout',
        '/wait_for_load_balancer',
      ],
      identity: Object.fromEntries(
        containers.flatMap((path) => [
          [path, ['name']],
          [`${path}/*/env`, ['name']],
          [`${path}/*/port`, ['container_port', 'protocol']],
        ]),
      ),
      quantity: Object.fromEntries(
        containers.flatMap((path) =>
          ['limits', 'requests'].map((side) => [`${path}/*/resources/*/${side}/*`, 'kubernetes' as const]),
        ),
      ),
    },
  },
  [
    {
      name: 'kubernetes_secret*',
      title: 'secret',
      layer: 'secrets',
      noise: { secret: ['/data/*', '/binary_data/*'], defaults: { '/type': 'Opaque' } },
    },
    {
      name: 'kubernetes_network_policy*',
      title: 'network policy',
      layer: 'network',
      severity: [{ path: '/spec/**', severity: 'high' }],
    },
    { name: 'kubernetes_role*', title: 'role', layer: 'identity', severity: [{ path: '/**', severity: 'high' }] },
    {
      name: 'kubernetes_cluster_role*',
      title: 'cluster role',
      layer: 'identity',
      severity: [{ path: '/**', severity: 'high' }],
    },
    { name: 'kubernetes_*', title: 'Kubernetes object', layer: 'runtime' },
    {
      name: 'helm_release',
      title: 'Helm release',
      layer: 'runtime',
      noise: {
        secret: ['/set_sensitive/*/value', '/repository_password'],
        computed: at('metadata manifest status'),
        unordered: at('set set_list set_sensitive'),
        identity: { '/set': ['name'], '/set_list': ['name'], '/set_sensitive': ['name'] },
      },
    },
  ],
);

/** Providers that make values rather than things: what they made is this instance's own, how they made it counts. */
const valueKinds = defineKinds({ noise: { instance: ['/id'] } }, [
  {
    name: 'random_password',
    title: 'generated password',
    layer: 'secrets',
    noise: { secret: ['/result', '/bcrypt_hash'], instance: ['/result', '/bcrypt_hash'] },
  },
  {
    name: 'random_*',
    title: 'generated value',
    layer: 'delivery',
    noise: { instance: at('result hex dec b64_std b64_url') },
  },
  {
    name: 'tls_private_key',
    title: 'generated key',
    layer: 'secrets',
    noise: {
      secret: at('private_key_pem private_key_openssh private_key_pem_pkcs8'),
      instance: at(
        'private_key_pem private_key_openssh private_key_pem_pkcs8 public_key_pem public_key_openssh public_key_fingerprint_md5 public_key_fingerprint_sha256',
      ),
    },
  },
  {
    name: 'local_sensitive_file',
    title: 'file',
    layer: 'delivery',
    noise: { secret: ['/content', '/content_base64'] },
  },
  { name: 'terraform_data', title: 'Terraform value', layer: 'delivery' },
  { name: 'null_resource', title: 'Terraform value', layer: 'delivery' },
  {
    name: 'time_*',
    title: 'recorded time',
    layer: 'delivery',
    noise: { instance: at('rfc3339 unix year month day hour minute second rotation_rfc3339') },
  },
]);

/** Any other provider's type. Types carry their provider's name before an underscore. */
const anyKinds = defineKinds(
  { noise: { instance: at('id arn self_link'), computed: at('etag created_at updated_at') } },
  [{ name: '*_*', title: 'Terraform resource', layer: 'runtime' }],
);

export const otherKinds: readonly Kind[] = [...kubernetesKinds, ...valueKinds, ...anyKinds];
