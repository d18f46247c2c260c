import { z } from 'zod';

const texts = z.union([
  z
    .string()
    .min(1)
    .transform((one) => [one]),
  z.array(z.string().min(1)).min(1),
]);

const cluster = z.strictObject({
  context: z.string().min(1).optional().describe('Context of the kubeconfig; its current one when absent'),
  kubeconfig: z.string().min(1).optional().describe('Path of the kubeconfig; KUBECONFIG or ~/.kube/config when absent'),
  server: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of the API server, instead of a kubeconfig'),
  tokenFrom: z.string().min(1).optional().describe('Environment variable with the bearer token for server'),
});
export type ClusterSettings = z.infer<typeof cluster>;

/** What stands under `declared:`, `applied:` or `observed:` of a source that reads Kubernetes. */
export const kubernetesSettings = z
  .strictObject({
    manifests: texts.optional().describe('Manifests, or rendered Kustomize and Helm output: files, folders, globs'),
    kustomize: texts.optional().describe('Folders to build with "kubectl kustomize", where kubectl is installed'),
    dumps: texts.optional().describe('Output of "kubectl get -o json" or "-o yaml": files, folders, globs'),
    cluster: cluster.optional().describe('A live API server'),
    view: z
      .enum(['objects', 'last-applied'])
      .default('objects')
      .describe('last-applied reads what "kubectl apply" last sent, from its annotation: the applied plane'),
    namespace: z.string().min(1).default('default').describe('Namespace of manifests that name none'),
    namespaces: texts.optional().describe('Namespaces to read, * as wildcard; all when absent'),
    excludeNamespaces: z
      .array(z.string().min(1))
      .optional()
      .describe('Namespaces to leave out, * as wildcard; kube-system, kube-public and kube-node-lease when absent'),
    kinds: texts.optional().describe('Kinds to read, as group/Kind, * as wildcard; all when absent'),
    includeOwned: z
      .boolean()
      .default(false)
      .describe('Read also what controllers make and own: ReplicaSets, Pods, EndpointSlices, Leases, Events …'),
  })
  .refine(
    ({ manifests, kustomize, dumps, cluster: live }) =>
      Number(manifests !== undefined || kustomize !== undefined) +
        Number(dumps !== undefined) +
        Number(live !== undefined) ===
      1,
    'name one thing to read: manifests (and kustomize), dumps, or cluster',
  )
  .refine(({ cluster: live }) => !live?.server || (!live.context && !live.kubeconfig), {
    message: 'name a server or a kubeconfig, not both',
    path: ['cluster'],
  });

export type KubernetesSettings = z.infer<typeof kubernetesSettings>;
