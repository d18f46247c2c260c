import { oneOrMany } from './iam.ts';
import { rememberLast } from './remember.ts';

/** One rule that lets traffic in, in one shape whatever system wrote it. */
export interface IngressRule {
  /** CIDR blocks, or the words the system has for everywhere. Groups and tags are left out: they are not addresses. */
  readonly sources: readonly string[];
  /** `22`, `20-25` or `*`. */
  readonly ports: readonly string[];
  /** Pointer to the rule inside the resource; empty where the resource is the rule. */
  readonly path: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Reader = (resource: Fields) => readonly IngressRule[];

const everywhere = ['0.0.0.0/0'];
const everyPort = ['*'];

/** Readers by kind; a kind without one has no rules. */
const readers: Readonly<Record<string, Reader>> = {
  aws_security_group: readSecurityGroup,
  aws_default_security_group: readSecurityGroup,
  aws_security_group_rule: (rule) => (rule['type'] === 'ingress' ? [awsRule(rule, '')] : []),
  aws_vpc_security_group_ingress_rule: (rule) => [
    { sources: texts(rule['cidr_ipv4'], rule['cidr_ipv6']), ports: awsPorts(rule, rule['ip_protocol']), path: '' },
  ],
  azurerm_network_security_group: (group) =>
    objects(group['security_rule']).flatMap((rule) => azureRule(rule, `/security_rule[name=${String(rule['name'])}]`)),
  azurerm_network_security_rule: (rule) => azureRule(rule, ''),
  google_compute_firewall: readFirewall,
  'core/Service': readService,
};

const rememberedRules: Readonly<Record<string, Reader>> = Object.fromEntries(
  Object.entries(readers).map(([kind, read]) => [kind, rememberLast((resource) => read(resource as Fields))]),
);

/** The rules of a resource that let traffic in. */
export function ingressRules(kind: string, resource: Fields): readonly IngressRule[] {
  return rememberedRules[kind]?.(resource) ?? [];
}

function readSecurityGroup(group: Fields): readonly IngressRule[] {
  return objects(group['ingress']).map((rule) => awsRule(rule, `/ingress[from_port=${String(rule['from_port'])}]`));
}

function awsRule(rule: Fields, path: string): IngressRule {
  const sources = texts(rule['cidr_blocks'], rule['ipv6_cidr_blocks']);
  return { sources, ports: awsPorts(rule, rule['protocol']), path };
}

/** Protocol `-1` is all traffic, whatever the ports say; ICMP's "ports" are types and codes. */
function awsPorts(rule: Fields, protocol: unknown): readonly string[] {
  const name = String(protocol).toLowerCase();
  if (name === '-1' || name === 'all') return everyPort;
  if (name.startsWith('icmp') || name === '1' || name === '58') return [];
  const { from_port: from, to_port: to } = rule;
  if (from === undefined || (from === 0 && to === 65535)) return everyPort;
  return [from === to || to === undefined ? String(from) : `${String(from)}-${String(to)}`];
}

function azureRule(rule: Fields, path: string): readonly IngressRule[] {
  const isOpening = equals(rule['direction'], 'inbound') && equals(rule['access'], 'allow');
  if (!isOpening || equals(rule['protocol'], 'icmp')) return [];
  const sources = texts(rule['source_address_prefix'], rule['source_address_prefixes']);
  return [{ sources, ports: texts(rule['destination_port_range'], rule['destination_port_ranges']), path }];
}

/** Without any source a firewall rule of Google holds for every address (compute API, `sourceRanges`). */
function readFirewall(rule: Fields): readonly IngressRule[] {
  const isIngress = rule['direction'] === undefined || equals(rule['direction'], 'ingress');
  if (!isIngress || rule['disabled'] === true) return [];
  const ranges = texts(rule['source_ranges']);
  const hasOther = texts(rule['source_tags'], rule['source_service_accounts']).length > 0;
  const sources = ranges.length === 0 && !hasOther ? everywhere : ranges;
  return objects(rule['allow'])
    .filter((allow) => !equals(allow['protocol'], 'icmp'))
    .map((allow) => {
      const ports = texts(allow['ports']);
      return { sources, ports: ports.length > 0 ? ports : everyPort, path: '/allow' };
    });
}

/** Annotations that make a cloud's load balancer an internal one. */
const internalAnnotations: Readonly<Record<string, readonly string[]>> = {
  'service.beta.kubernetes.io/aws-load-balancer-internal': ['true', '0.0.0.0/0'],
  'service.beta.kubernetes.io/aws-load-balancer-scheme': ['internal'],
  'service.beta.kubernetes.io/azure-load-balancer-internal': ['true'],
  'networking.gke.io/load-balancer-type': ['Internal'],
  'cloud.google.com/load-balancer-type': ['Internal'],
};

/** A load balancer without source ranges takes traffic from everywhere. */
function readService(service: Fields): readonly IngressRule[] {
  const spec = object(service['spec']);
  const annotations = object(object(service['metadata'])['annotations']);
  const isInternal = Object.entries(internalAnnotations).some(([name, values]) =>
    values.includes(String(annotations[name])),
  );
  if (spec['type'] !== 'LoadBalancer' || isInternal) return [];
  const ranges = texts(spec['loadBalancerSourceRanges']);
  const ports = objects(spec['ports']).map((port) => String(port['port']));
  const path = ranges.length > 0 ? '/spec/loadBalancerSourceRanges' : '/spec/type';
  return [{ sources: ranges.length > 0 ? ranges : everywhere, ports, path }];
}

function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function objects(value: unknown): readonly Fields[] {
  return oneOrMany(value).filter((item): item is Fields => typeof item === 'object' && item !== null);
}

/** One or many texts of each value, empty ones left out. */
function texts(...values: readonly unknown[]): readonly string[] {
  const found: string[] = [];
  for (const value of values) {
    for (const item of oneOrMany(value)) {
      if (item !== '') found.push(String(item));
    }
  }
  return found;
}

function equals(value: unknown, word: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === word;
}
