import { blocks, flag, itemsAt, number, shape, text, textAt, texts, valueAt } from '../../shared/cloud/shape.ts';
import { identityOf, type Table, table, unless } from '../row.ts';

const criterion = shape({
  metric_namespace: text('metricNamespace'),
  metric_name: text('metricName'),
  aggregation: text('timeAggregation'),
  operator: text('operator'),
  threshold: number('threshold'),
  skip_metric_validation: flag('skipMetricValidation'),
  dimension: blocks('dimensions', shape({ name: text('name'), operator: text('operator'), values: texts('values') })),
});

export const operationTables: readonly Table[] = [
  table(
    'microsoft.insights/metricAlerts',
    'azurerm_monitor_metric_alert',
    shape({
      description: text('properties.description'),
      severity: number('properties.severity'),
      enabled: flag('properties.enabled'),
      auto_mitigate: flag('properties.autoMitigate'),
      frequency: text('properties.evaluationFrequency'),
      window_size: text('properties.windowSize'),
      target_resource_type: text('properties.targetResourceType'),
      target_resource_location: text('properties.targetResourceRegion'),
      scopes: texts('properties.scopes'),
      criteria: (row) =>
        itemsAt(row, 'properties.criteria.allOf')
          .filter((each) => textAt(each, 'criterionType') !== 'DynamicThresholdCriterion')
          .map(criterion),
      action: blocks('properties.actions', shape({ action_group_id: text('actionGroupId') })),
    }),
  ),
  table(
    'microsoft.insights/actionGroups',
    'azurerm_monitor_action_group',
    shape({
      short_name: text('properties.groupShortName'),
      enabled: flag('properties.enabled'),
      email_receiver: blocks(
        'properties.emailReceivers',
        shape({
          name: text('name'),
          email_address: text('emailAddress'),
          use_common_alert_schema: flag('useCommonAlertSchema'),
        }),
      ),
      webhook_receiver: blocks(
        'properties.webhookReceivers',
        shape({
          name: text('name'),
          service_uri: text('serviceUri'),
          use_common_alert_schema: flag('useCommonAlertSchema'),
        }),
      ),
    }),
  ),
  table('microsoft.recoveryservices/vaults', 'azurerm_recovery_services_vault', (row) => ({
    ...shape({
      sku: text('sku.name'),
      public_network_access_enabled: unless('properties.publicNetworkAccess', 'Disabled'),
      immutability: (node) => textAt(node, 'properties.securitySettings.immutabilitySettings.state') ?? 'Disabled',
      storage_mode_type: text('properties.redundancySettings.standardTierStorageRedundancy'),
      soft_delete_enabled: (node) => {
        const state = valueAt(node, 'properties.securitySettings.softDeleteSettings.softDeleteState');
        return state === undefined ? undefined : state !== 'Disabled';
      },
    })(row),
    ...identityOf(row),
  })),
  table(
    'microsoft.managedidentity/userAssignedIdentities',
    'azurerm_user_assigned_identity',
    shape({
      client_id: text('properties.clientId'),
      principal_id: text('properties.principalId'),
      tenant_id: text('properties.tenantId'),
    }),
  ),
];
