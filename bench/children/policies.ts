// Evaluates the built-in packs on generated Terraform-like resources in the policy worker.
import { builtinPackNames, createPolicyRunner, loadBuiltinPacks } from '@leeway/policy';

const count = Number(process.argv[2]);
const packs = loadBuiltinPacks(builtinPackNames());
if (!packs.ok) throw new Error('the built-in packs do not load');
const runner = createPolicyRunner({ policies: packs.value });
const environments = { production: { name: 'production', dimensions: { stage: 'production' }, parameters: {} } };
const tags = { owner: 'team-wms', application: 'wms', environment: 'production', 'cost-center': 'cc-12' };
const kinds = [
  (at: number) => ({
    kind: 'aws_security_group',
    attributes: {
      name: `sg-${at}`,
      tags,
      ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'] }],
    },
  }),
  (at: number) => ({
    kind: 'aws_db_instance',
    attributes: {
      identifier: `db-${at}`,
      tags,
      storage_encrypted: true,
      publicly_accessible: false,
      backup_retention_period: 14,
      deletion_protection: true,
    },
  }),
  (at: number) => ({ kind: 'aws_s3_bucket', attributes: { bucket: `labels-${at}`, tags } }),
  (at: number) => ({
    kind: 'apps/Deployment',
    attributes: {
      metadata: { name: `d-${at}`, namespace: 'wms', labels: tags },
      spec: {
        replicas: 2,
        template: {
          spec: {
            securityContext: { runAsNonRoot: true },
            containers: [
              {
                name: 'app',
                image: `registry/app@sha256:${'0'.repeat(64)}`,
                resources: { limits: { memory: '1Gi' }, requests: { cpu: '100m', memory: '1Gi' } },
                securityContext: { allowPrivilegeEscalation: false },
              },
            ],
          },
        },
      },
    },
  }),
];
const items = Array.from({ length: count }, (_, at) => {
  const made = kinds[at % kinds.length]?.(at);
  return {
    hash: String(at),
    environment: 'production',
    text: JSON.stringify({ kind: made?.kind, key: `k${at}`, attributes: made?.attributes }),
  };
});
await runner.evaluate(items.slice(0, 4000), environments, '2026-01-01T00:00:00Z');
const before = runner.statistics();
await runner.evaluate(items, environments, '2026-01-01T00:00:00Z');
const after = runner.statistics();
await runner.close();
console.log(
  JSON.stringify({
    evaluations: after.evaluations - before.evaluations,
    milliseconds: after.evaluateMilliseconds - before.evaluateMilliseconds,
  }),
);
