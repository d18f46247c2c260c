import { type Change, type Description, isJsonArray, isJsonObject, type Json, parsePointer } from '@leeway/core';
import { parseImage } from './image.ts';

type Tokens = NonNullable<ReturnType<typeof parsePointer>>;

/** What a describer sees: the change and the path's last field, with the container or item it belongs to. */
interface Spot {
  readonly change: Change;
  readonly field: string;
  /** The container's name, where the path leads through one. */
  readonly container: string | undefined;
  readonly tokens: Tokens;
}

type Describer = (spot: Spot) => Description | undefined;

/** Words for the changes that matter most in Kubernetes; undefined leaves it to the default. */
export function describeChange(change: Change): Description | undefined {
  const tokens = parsePointer(change.path) ?? [];
  const last = tokens.at(-1);
  if (!last) return undefined;
  const container = tokens.find(({ key, selector }) => /^(?:initC|ephemeralC|c)ontainers$/.test(key) && selector)
    ?.selector?.['name'];
  const spot: Spot = { change, field: last.key, container, tokens };
  return (describers[last.key] ?? describeByParent(tokens))?.(spot);
}

function describeByParent(tokens: Tokens): Describer | undefined {
  const parents = tokens.slice(0, -1).map(({ key }) => key);
  if (parents.includes('limits') || parents.includes('requests')) return describeAmount;
  if (parents.at(-1) === 'data') return describeSecretValue;
  return parents.at(-1) === 'env' || tokens.at(-1)?.key === 'env' ? describeVariable : undefined;
}

const describers: Readonly<Record<string, Describer>> = {
  image: describeImage,
  replicas: ({ change }) => ({
    actual: change.after === 0 ? 'is scaled to nothing' : `runs ${countOf(change.after, 'replica')}`,
    expected: `asks for ${countOf(change.before, 'replica')}`,
  }),
  privileged: flag('runs', 'privileged, with all rights of its node'),
  allowPrivilegeEscalation: ({ change, container = 'a container' }) => ({
    actual:
      change.after === false
        ? `keeps ${container} from gaining rights`
        : `lets ${container} gain rights it was not started with`,
    expected: change.before === false ? 'forbids it' : 'allows it',
  }),
  hostNetwork: hostFlag("uses its node's network"),
  hostPID: hostFlag("sees its node's processes"),
  hostIPC: hostFlag("shares its node's memory segments"),
  limits: describeAmounts,
  env: describeVariable,
  value: ({ tokens, ...spot }) => (tokens.at(-2)?.key === 'env' ? describeVariable({ tokens, ...spot }) : undefined),
  type: describeType,
  verbs: describeRights,
  resources: describeRights,
  apiGroups: describeRights,
};

function describeImage({ change, container }: Spot): Description | undefined {
  const { before, after } = change;
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const [left, right] = [parseImage(before), parseImage(after)];
  const named = left.name === right.name ? shortVersion : (image: string) => image;
  const where = container && container !== baseName(right.name) ? ` in ${container}` : '';
  if (left.name === right.name && left.tag && left.tag === right.tag && left.digest && right.digest) {
    const actual = `runs another build of ${baseName(right.name)} ${left.tag} (${shortDigest(right.digest)})${where}`;
    return { actual, expected: `says ${shortDigest(left.digest)}` };
  }
  return {
    actual: `runs ${left.name === right.name ? `${baseName(right.name)} ` : ''}${named(after)}${where}`,
    expected: `says ${named(before)}`,
  };
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `1.8.2`, `1.8.2 (sha256:0123456789ab)` or `sha256:0123456789ab`; `latest` where neither is given. */
function shortVersion(image: string): string {
  const { tag, digest } = parseImage(image);
  const short = digest && shortDigest(digest);
  if (tag && short) return `${tag} (${short})`;
  return tag ?? short ?? 'latest';
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

function countOf(value: Json | undefined, noun: string): string {
  // An absent number of replicas is one (SetDefaults_Deployment).
  const count = value ?? 1;
  return `${String(count)} ${count === 1 ? noun : `${noun}s`}`;
}

function flag(verb: string, state: string): Describer {
  return ({ change, container = 'a container' }) => ({
    actual: `${change.after === true ? verb : `no longer ${verb}`} ${container} ${state}`,
    expected: change.before === true ? 'asks for it' : 'does not allow it',
  });
}

function hostFlag(state: string): Describer {
  return ({ change }) => ({
    actual: change.after === true ? state : `no longer ${state}`,
    expected: change.before === true ? 'asks for it' : 'does not allow it',
  });
}

function describeAmount({ change, field, container, tokens }: Spot): Description | undefined {
  const kind = tokens.at(-2)?.key === 'limits' ? 'limit' : 'request';
  const where = container ? ` for ${container}` : '';
  return {
    actual:
      change.after === undefined
        ? `has no ${field} ${kind}${where}`
        : `has a ${field} ${kind} of ${String(change.after)}${where}`,
    expected: change.before === undefined ? 'sets none' : `sets ${String(change.before)}`,
  };
}

function describeAmounts({ change, container }: Spot): Description | undefined {
  const words = (value: Json | undefined) =>
    isJsonObject(value)
      ? Object.entries(value)
          .map(([name, amount]) => `${name} ${String(amount)}`)
          .join(', ')
      : 'none';
  const where = container ? ` for ${container}` : '';
  return { actual: `has limits${where}: ${words(change.after)}`, expected: `sets ${words(change.before)}` };
}

function describeVariable({ change, tokens, container }: Spot): Description | undefined {
  const name = tokens.find(({ key }) => key === 'env')?.selector?.['name'];
  if (name === undefined) return undefined;
  const where = container ? ` in ${container}` : '';
  return {
    actual:
      change.after === undefined
        ? `does not set ${name}${where}`
        : `sets ${name} to ${variableText(change.after)}${where}`,
    expected: change.before === undefined ? 'does not set it' : `sets ${variableText(change.before)}`,
  };
}

/** Of two versions of a secret only the digests may be told; equal digests are equal values. */
function describeSecretValue({ change: { before, after }, field }: Spot): Description | undefined {
  const [left, right] = [digestOf(before), digestOf(after)];
  if (left === undefined || right === undefined) return undefined;
  return { actual: `holds another value of ${field} (digest ${right})`, expected: `holds digest ${left}` };
}

function digestOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) && typeof value['$secret'] === 'string' ? value['$secret'].slice(0, 8) : undefined;
}

/** A variable's value in quotes, or where it comes from. */
function variableText(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (!isJsonObject(value) || '$secret' in value) return 'another secret';
  if (value['value'] !== undefined) return variableText(value['value']);
  const [source, reference] = Object.entries(isJsonObject(value['valueFrom']) ? value['valueFrom'] : {})[0] ?? [];
  const name = isJsonObject(reference) ? (reference['name'] ?? reference['fieldPath']) : undefined;
  return source ? `a value from ${source.replace(/(?:Key)?Ref$/, '')} ${String(name ?? '')}`.trim() : '""';
}

function describeType({ change, tokens }: Spot): Description | undefined {
  if (change.kind.name !== 'core/Service' || tokens.length !== 2) return undefined;
  const words: Readonly<Record<string, string>> = {
    LoadBalancer: 'opened to the outside by a load balancer',
    NodePort: 'opened on a port of every node',
    ClusterIP: 'reachable inside the cluster only',
    ExternalName: 'an alias for an outside name',
  };
  const say = (value: Json | undefined) => words[String(value ?? 'ClusterIP')] ?? `of type ${String(value)}`;
  return { actual: `is ${say(change.after)}`, expected: `wants it ${say(change.before)}` };
}

function describeRights({ change, field }: Spot): Description | undefined {
  if (!/Role$/.test(change.kind.name)) return undefined;
  const words = (value: Json | undefined) =>
    isJsonArray(value) && value.length
      ? value.map((item) => (item === '' ? 'core' : item === '*' ? 'all (*)' : String(item))).join(', ')
      : 'none';
  const noun = field === 'apiGroups' ? 'API groups' : field;
  return { actual: `grants ${noun} ${words(change.after)}`, expected: `grants ${words(change.before)}` };
}
