import type { Found } from '../section.ts';

type Role = 'monitoring' | 'backup' | 'security' | 'logging' | 'management';

/** Agents that an estate runs on every host, by the names of their packages and units. */
const agents: readonly (readonly [name: string, role: Role, pattern: RegExp])[] = [
  ['prometheus-node-exporter', 'monitoring', /^(?:prometheus-)?node[-_]exporter$/],
  ['zabbix-agent', 'monitoring', /^zabbix-agent2?$/],
  ['datadog-agent', 'monitoring', /^datadog-agent$/],
  ['telegraf', 'monitoring', /^telegraf$/],
  ['collectd', 'monitoring', /^collectd(?:-core)?$/],
  ['newrelic-infra', 'monitoring', /^newrelic-infra$/],
  ['nrpe', 'monitoring', /^(?:nagios-)?nrpe(?:-server)?$/],
  ['checkmk-agent', 'monitoring', /^check-mk-agent$/],
  ['grafana-agent', 'monitoring', /^(?:grafana-agent|alloy)$/],
  ['otel-collector', 'monitoring', /^otelcol(?:-contrib)?$/],
  ['dynatrace-oneagent', 'monitoring', /^oneagent$/],
  ['amazon-cloudwatch-agent', 'monitoring', /^amazon-cloudwatch-agent$/],
  ['azure-monitor-agent', 'monitoring', /^azuremonitoragent$/],
  ['filebeat', 'logging', /^filebeat$/],
  ['fluent-bit', 'logging', /^(?:fluent-bit|td-agent-bit)$/],
  ['promtail', 'logging', /^promtail$/],
  ['rsyslog', 'logging', /^rsyslog$/],
  ['splunk-forwarder', 'logging', /^splunkforwarder$/i],
  ['vector', 'logging', /^vector$/],
  ['restic', 'backup', /^restic$/],
  ['borg', 'backup', /^borg(?:backup|matic)$/],
  ['bacula-fd', 'backup', /^bacula-(?:fd|client)$/],
  ['bareos-fd', 'backup', /^bareos-filedaemon$/],
  ['veeam-agent', 'backup', /^veeam(?:service)?$/],
  ['pgbackrest', 'backup', /^pgbackrest$/],
  ['barman', 'backup', /^barman$/],
  ['duplicity', 'backup', /^duplicity$/],
  ['auditd', 'security', /^auditd?$/],
  ['wazuh-agent', 'security', /^wazuh-agent$/],
  ['falcon-sensor', 'security', /^falcon-sensor$/],
  ['fail2ban', 'security', /^fail2ban$/],
  ['clamav', 'security', /^clamav-daemon$/],
  ['unattended-upgrades', 'security', /^unattended-upgrades$/],
  ['puppet-agent', 'management', /^puppet(?:-agent)?$/],
  ['salt-minion', 'management', /^salt-minion$/],
  ['amazon-ssm-agent', 'management', /^amazon-ssm-agent$/],
  ['qemu-guest-agent', 'management', /^qemu-guest-agent$/],
];

/** Agents among a host's packages and services: whether they are installed, switched on and running. */
export function findAgents(packages: readonly Found[], units: readonly Found[]): readonly Found[] {
  return agents.flatMap(([key, role, pattern]) => {
    const installed = packages.find((each) => pattern.test(each.key ?? ''));
    const unit = units.find((each) => pattern.test((each.key ?? '').replace(/\.service$/, '')));
    if (!installed && !unit) return [];
    const { enabled, state } = unit?.attributes ?? {};
    const attributes = { role, ...(enabled !== undefined && { enabled }), ...(state !== undefined && { state }) };
    return [{ key, attributes }];
  });
}
