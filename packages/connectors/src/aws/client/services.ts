/** How a service is spoken to. */
export interface Service {
  /** Its name in host names and signatures. */
  readonly name: string;
  readonly title: string;
  readonly protocol: 'query' | 'json' | 'rest-json' | 'rest-xml';
  /** Of the query protocol. */
  readonly version?: string;
  /** Of the JSON protocol: what stands before an action in `X-Amz-Target`. */
  readonly target?: string;
  readonly jsonVersion?: '1.0' | '1.1';
  /** Its name in IAM policies, where it is another one. */
  readonly prefix?: string;
  /** First part of the host name, where it is another one. */
  readonly host?: string;
  /** One endpoint a partition: asked once an account, whatever the regions. */
  readonly isGlobal?: boolean;
  /** Requests a second to one account in one region; well below what AWS documents, so that others get their share. */
  readonly rate: number;
}

export const services = {
  acm: { name: 'acm', title: 'Certificate Manager', protocol: 'json', target: 'CertificateManager', rate: 8 },
  backup: { name: 'backup', title: 'Backup', protocol: 'rest-json', rate: 8 },
  cloudtrail: {
    name: 'cloudtrail',
    title: 'CloudTrail',
    protocol: 'json',
    target: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
    rate: 2,
  },
  cloudwatch: {
    name: 'monitoring',
    title: 'CloudWatch',
    protocol: 'query',
    version: '2010-08-01',
    prefix: 'cloudwatch',
    rate: 8,
  },
  ec2: { name: 'ec2', title: 'EC2', protocol: 'query', version: '2016-11-15', rate: 15 },
  ecr: {
    name: 'ecr',
    host: 'api.ecr',
    title: 'ECR',
    protocol: 'json',
    target: 'AmazonEC2ContainerRegistry_V20150921',
    rate: 15,
  },
  ecs: { name: 'ecs', title: 'ECS', protocol: 'json', target: 'AmazonEC2ContainerServiceV20141113', rate: 15 },
  eks: { name: 'eks', title: 'EKS', protocol: 'rest-json', rate: 8 },
  elb: {
    name: 'elasticloadbalancing',
    title: 'Elastic Load Balancing',
    protocol: 'query',
    version: '2015-12-01',
    rate: 10,
  },
  iam: { name: 'iam', title: 'IAM', protocol: 'query', version: '2010-05-08', isGlobal: true, rate: 12 },
  kms: { name: 'kms', title: 'KMS', protocol: 'json', target: 'TrentService', rate: 12 },
  rds: { name: 'rds', title: 'RDS', protocol: 'query', version: '2014-10-31', rate: 10 },
  s3: { name: 's3', title: 'S3', protocol: 'rest-xml', rate: 60 },
  secretsmanager: {
    name: 'secretsmanager',
    title: 'Secrets Manager',
    protocol: 'json',
    target: 'secretsmanager',
    rate: 12,
  },
  sts: { name: 'sts', title: 'STS', protocol: 'query', version: '2011-06-15', rate: 20 },
} as const satisfies Record<string, Service>;

export type ServiceId = keyof typeof services;

/** Where a partition's regions are, and where its global services are signed (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const partitions = [
  { regions: /^cn-/, domain: 'amazonaws.com.cn', global: 'cn-north-1', iam: 'iam.cn-north-1' },
  { regions: /^us-gov-/, domain: 'amazonaws.com', global: 'us-gov-west-1', iam: 'iam.us-gov' },
  { regions: /^/, domain: 'amazonaws.com', global: 'us-east-1', iam: 'iam' },
] as const;

/** Address and signing region of a service. `endpoint` stands for all services of a stand-in for AWS. */
export function locate(
  service: Service,
  region: string,
  endpoint?: string,
): { readonly base: string; readonly region: string } {
  const { domain, global, iam } = partitions.find(({ regions }) => regions.test(region)) ?? partitions[2];
  const host = service.isGlobal ? iam : `${service.host ?? service.name}.${region}`;
  return {
    base: endpoint?.replace(/\/+$/, '') ?? `https://${host}.${domain}`,
    region: service.isGlobal ? global : region,
  };
}
