import type { Noise } from '@leeway/core';
import { mapList, merge, sets, under } from './compose.ts';

/*
 * What never counts inside a container. Defaults: SetDefaults_Container, _Probe, _HTTPGetAction, _ObjectFieldSelector
 * in kubernetes/pkg/apis/core/v1/defaults.go; list types: the `x-kubernetes-list-type` marks of the OpenAPI schema.
 * `imagePullPolicy` depends on the image and is in normalize-pod.ts.
 */
const probe: Noise = {
  defaults: {
    '/timeoutSeconds': 1,
    '/periodSeconds': 10,
    '/successThreshold': 1,
    '/failureThreshold': 3,
    '/initialDelaySeconds': 0,
    '/httpGet/path': '/',
    '/httpGet/scheme': 'HTTP',
    '/httpGet/host': '',
    '/grpc/service': '',
    '/tcpSocket/host': '',
  },
  quantity: { '/httpGet/port': 'scalar', '/tcpSocket/port': 'scalar' },
  empty: ['/httpGet/httpHeaders'],
};

const lifecycle: Noise = {
  defaults: { '/*/httpGet/path': '/', '/*/httpGet/scheme': 'HTTP' },
  quantity: { '/*/httpGet/port': 'scalar', '/*/tcpSocket/port': 'scalar' },
  empty: [''],
};

/** Rules of one security context, of a container or of a pod. */
const securityContext: Noise = merge(
  sets('/capabilities/add', '/capabilities/drop', '/supplementalGroups'),
  mapList('/sysctls', 'name'),
  {
    empty: ['', '/capabilities', '/seLinuxOptions', '/windowsOptions'],
    defaults: { '/privileged': false, '/readOnlyRootFilesystem': false },
  },
);

/** Requests and limits: an amount has many spellings, `1000m` = `1`, `1024Mi` = `1Gi`. */
const resources: Noise = merge(mapList('/claims', 'name', 'request'), {
  quantity: { '/limits/*': 'kubernetes', '/requests/*': 'kubernetes' },
  empty: ['', '/limits', '/requests'],
});

const environment: Noise = merge(mapList('/env', 'name'), {
  empty: ['/envFrom', '/env/*/value', '/envFrom/*/prefix'],
  defaults: {
    '/env/*/valueFrom/fieldRef/apiVersion': 'v1',
    '/env/*/valueFrom/configMapKeyRef/optional': false,
    '/env/*/valueFrom/secretKeyRef/optional': false,
    '/envFrom/*/configMapRef/optional': false,
    '/envFrom/*/secretRef/optional': false,
    '/env/*/valueFrom/resourceFieldRef/divisor': '0',
  },
  quantity: { '/env/*/valueFrom/resourceFieldRef/divisor': 'kubernetes' },
});

const mounts: Noise = merge(mapList('/volumeMounts', 'mountPath'), mapList('/volumeDevices', 'devicePath'), {
  defaults: { '/volumeMounts/*/readOnly': false, '/volumeMounts/*/mountPropagation': 'None' },
  empty: ['/volumeMounts/*/subPath', '/volumeMounts/*/subPathExpr'],
});

const ports: Noise = merge(mapList('/ports', 'containerPort', 'protocol'), {
  defaults: { '/ports/*/protocol': 'TCP', '/ports/*/hostPort': 0 },
  empty: ['/ports/*/name', '/ports/*/hostIP'],
});

export const containerNoise: Noise = merge(
  environment,
  mounts,
  ports,
  under('/livenessProbe', probe),
  under('/readinessProbe', probe),
  under('/startupProbe', probe),
  under('/lifecycle', lifecycle),
  under('/securityContext', securityContext),
  under('/resources', resources),
  {
    defaults: {
      '/terminationMessagePath': '/dev/termination-log',
      '/terminationMessagePolicy': 'File',
      '/stdin': false,
      '/stdinOnce': false,
      '/tty': false,
    },
    empty: ['/command', '/args', '/workingDir', '/resizePolicy'],
  },
);

export { resources as resourcesNoise, securityContext as securityContextNoise };
