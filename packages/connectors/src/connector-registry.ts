import type { Connector } from '@leeway/connector-kit';

/** A connector as lists show it, without loading its code. */
export interface ConnectorEntry {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Loads the connector and, with it, the client libraries of its system. */
  readonly load: () => Promise<{ readonly connector: Connector }>;
}

/**
 * Every connector: one entry each, by id. Each folder's `index.ts` exports its connector under the name `connector`.
 * Lazy, so that start-up costs nothing for systems that are not read.
 */
export const connectorRegistry: readonly ConnectorEntry[] = [
  {
    id: 'alertmanager',
    title: 'Alertmanager',
    summary: 'Routes, receivers, inhibitions, time intervals and silences, from alertmanager.yml or a running server.',
    load: () => import('./alertmanager/index.ts'),
  },
  {
    id: 'aws',
    title: 'AWS',
    summary:
      'Network, identity, storage, databases, keys, images, containers, alarms and backups of AWS accounts, as Terraform names them.',
    load: () => import('./aws/index.ts'),
  },
  {
    id: 'azure',
    title: 'Azure',
    summary:
      'Networks, roles, storage, databases, vaults, clusters, alerts and backups of Azure subscriptions, as Terraform names them.',
    load: () => import('./azure/index.ts'),
  },
  {
    id: 'certificates',
    title: 'Certificates',
    summary: 'PEM, DER and PKCS#12 files and TLS endpoints: chain, names, issuer, key, validity, protocol.',
    load: () => import('./certificates/index.ts'),
  },
  {
    id: 'endpoint',
    title: 'Endpoints',
    summary:
      'HTTP, TCP, TLS, SSH, SFTP, SMTP and AS2 endpoints: reachability, status, headers, host keys, certificates.',
    load: () => import('./endpoint/index.ts'),
  },
  {
    id: 'gcp',
    title: 'Google Cloud',
    summary:
      'Networks, grants, storage, databases, keys, clusters and alerts of Google Cloud projects, as Terraform names them.',
    load: () => import('./gcp/index.ts'),
  },
  {
    id: 'git-hosting',
    title: 'Git hosting',
    summary:
      'Protected branches, code owners, deploy keys, environments and pipelines on GitHub, GitLab, Gitea and Forgejo.',
    load: () => import('./git-hosting/index.ts'),
  },
  {
    id: 'grafana',
    title: 'Grafana',
    summary: 'Dashboards, alert rules, data sources, contact points and folders, live or from provisioning files.',
    load: () => import('./grafana/index.ts'),
  },
  {
    id: 'host',
    title: 'Hosts',
    summary:
      'Packages, services, users, firewall, ports, mounts and files of hosts, over SSH without an agent or from facts.',
    load: () => import('./host/index.ts'),
  },
  {
    id: 'kafka',
    title: 'Kafka',
    summary: 'Topics with their own settings, what was set on the brokers, ACLs and quotas, live or topics from YAML.',
    load: () => import('./kafka/index.ts'),
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes',
    summary:
      'Manifests, rendered Kustomize and Helm output, kubectl dumps and live clusters, custom resources included.',
    load: () => import('./kubernetes/index.ts'),
  },
  {
    id: 'mysql',
    title: 'MySQL and MariaDB',
    summary: 'Tables, views, routines, triggers, events, accounts, grants, variables and migration histories.',
    load: () => import('./mysql/index.ts'),
  },
  {
    id: 'nats',
    title: 'NATS',
    summary: 'Server settings, users, JetStream streams and consumers, live or from nats.conf and files of streams.',
    load: () => import('./nats/index.ts'),
  },
  {
    id: 'netsuite',
    title: 'NetSuite',
    summary:
      'Subsidiaries, roles and permissions, scripts and deployments, workflows, custom records, through SuiteQL.',
    load: () => import('./netsuite/index.ts'),
  },
  {
    id: 'odata',
    title: 'OData',
    summary: 'Entity sets of any OData service as parameters: SAP S/4HANA, Dynamics 365 Finance and Operations, CAP.',
    load: () => import('./odata/index.ts'),
  },
  {
    id: 'odoo',
    title: 'Odoo',
    summary:
      'System parameters and settings of every company, modules, scheduled actions, rights, journals, warehouses.',
    load: () => import('./odoo/index.ts'),
  },
  {
    id: 'oracle',
    title: 'Oracle Database',
    summary:
      'Tables, indexes, views, routines, packages, triggers, grants, parameters and migration histories of schemas.',
    load: () => import('./oracle/index.ts'),
  },
  {
    id: 'pgbackrest',
    title: 'pgBackRest',
    summary: 'Stanzas with their backups, encryption and state, and the settings that say what is kept.',
    load: () => import('./pgbackrest/index.ts'),
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL',
    summary: 'Database schemas, roles, grants and settings, live or as SQL migration files declare them.',
    load: () => import('./postgresql/index.ts'),
  },
  {
    id: 'prometheus',
    title: 'Prometheus',
    summary: 'Alerting and recording rules, from rule files, PrometheusRule objects or a running server.',
    load: () => import('./prometheus/index.ts'),
  },
  {
    id: 'rabbitmq',
    title: 'RabbitMQ',
    summary:
      'Virtual hosts, users, permissions, queues, exchanges, bindings, policies and limits, live or from definitions.',
    load: () => import('./rabbitmq/index.ts'),
  },
  {
    id: 'redis',
    title: 'Redis and Valkey',
    summary: 'Settings, ACL users and modules of a server, live or as redis.conf and ACL files declare them.',
    load: () => import('./redis/index.ts'),
  },
  {
    id: 'registry',
    title: 'Container registry',
    summary: 'Images by tag: digest, platforms, labels, base image, signatures, attestations and bills of materials.',
    load: () => import('./registry/index.ts'),
  },
  {
    id: 'restic',
    title: 'restic',
    summary:
      'Backups of a restic repository: what they cover, how often they are made, when last, and whether they are whole.',
    load: () => import('./restic/index.ts'),
  },
  {
    id: 'sample',
    title: 'Sample estate',
    summary: 'Generated resources of any number, with drift and faults put in on purpose.',
    load: () => import('./sample/index.ts'),
  },
  {
    id: 'settings-files',
    title: 'Settings files',
    summary: 'YAML, JSON, TOML, INI, .properties and .env files as key and value.',
    load: () => import('./settings-files/index.ts'),
  },
  {
    id: 'sql-table',
    title: 'SQL tables',
    summary: 'Parameter tables of any ERP in PostgreSQL, MySQL, MariaDB, SQL Server or Oracle, row by row.',
    load: () => import('./sql-table/index.ts'),
  },
  {
    id: 'sqlserver',
    title: 'SQL Server',
    summary: 'Tables, indexes, views, routines, triggers, grants, settings and migration histories of a database.',
    load: () => import('./sqlserver/index.ts'),
  },
  {
    id: 'terraform',
    title: 'Terraform and OpenTofu',
    summary: 'States and plans as files: what the configuration wants, what was applied, what a refresh found.',
    load: () => import('./terraform/index.ts'),
  },
  {
    id: 'tryton',
    title: 'Tryton',
    summary: 'Settings of every company, sequences, jobs, groups and rights, rules, modules, locations and taxes.',
    load: () => import('./tryton/index.ts'),
  },
  {
    id: 'vault',
    title: 'Vault and OpenBao',
    summary: 'Mounts, auth methods and roles, policies, PKI roles, and metadata of KV secrets: never their values.',
    load: () => import('./vault/index.ts'),
  },
  {
    id: 'velero',
    title: 'Velero',
    summary: 'Backup schedules of clusters, what became of their backups, and where these are kept.',
    load: () => import('./velero/index.ts'),
  },
];

export function findConnector(id: string): ConnectorEntry | undefined {
  return connectorRegistry.find((entry) => entry.id === id);
}
