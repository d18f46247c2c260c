import type { Json } from '@leeway/core';
import {
  asIs,
  block,
  blocks,
  flag,
  isTrueAt,
  itemsAt,
  mapped,
  number,
  shape,
  text,
  textAt,
  texts,
} from '../../shared/cloud/shape.ts';
import { identityOf, onlyIf, type Table, table, unless } from '../row.ts';

const isPublic = unless('properties.publicNetworkAccess', 'Disabled');
const lower = (path: string) => mapped(text(path), (value) => String(value).toLowerCase());

const rulesOfStorage = shape({
  default_action: text('defaultAction'),
  bypass: (node) => (textAt(node, 'bypass') ?? '').split(/,\s*/).filter(Boolean),
  ip_rules: texts('ipRules', 'value'),
  virtual_network_subnet_ids: texts('virtualNetworkRules', 'id'),
});

const storage = shape({
  account_kind: text('kind'),
  account_tier: text('sku.tier'),
  account_replication_type: mapped(text('sku.name'), (name) => String(name).split('_').slice(1).join('_')),
  access_tier: text('properties.accessTier'),
  https_traffic_only_enabled: flag('properties.supportsHttpsTrafficOnly'),
  min_tls_version: text('properties.minimumTlsVersion'),
  // Older accounts do not say it, and allow it.
  allow_nested_items_to_be_public: (row) => flag('properties.allowBlobPublicAccess')(row) ?? true,
  shared_access_key_enabled: (row) => flag('properties.allowSharedKeyAccess')(row) ?? true,
  cross_tenant_replication_enabled: flag('properties.allowCrossTenantReplication'),
  default_to_oauth_authentication: flag('properties.defaultToOAuthAuthentication'),
  public_network_access_enabled: isPublic,
  infrastructure_encryption_enabled: flag('properties.encryption.requireInfrastructureEncryption'),
  is_hns_enabled: flag('properties.isHnsEnabled'),
  primary_location: text('properties.primaryLocation'),
  network_rules: block('properties.networkAcls', rulesOfStorage),
});

const grant = shape({
  tenant_id: text('tenantId'),
  object_id: text('objectId'),
  application_id: text('applicationId'),
  key_permissions: texts('permissions.keys'),
  secret_permissions: texts('permissions.secrets'),
  certificate_permissions: texts('permissions.certificates'),
  storage_permissions: texts('permissions.storage'),
});

const vault = shape({
  sku_name: lower('properties.sku.name'),
  tenant_id: text('properties.tenantId'),
  vault_uri: text('properties.vaultUri'),
  enable_rbac_authorization: flag('properties.enableRbacAuthorization'),
  purge_protection_enabled: (row) => isTrueAt(row, 'properties.enablePurgeProtection'),
  soft_delete_retention_days: number('properties.softDeleteRetentionInDays'),
  public_network_access_enabled: isPublic,
  enabled_for_deployment: flag('properties.enabledForDeployment'),
  enabled_for_disk_encryption: flag('properties.enabledForDiskEncryption'),
  enabled_for_template_deployment: flag('properties.enabledForTemplateDeployment'),
  access_policy: blocks('properties.accessPolicies', grant),
  network_acls: block(
    'properties.networkAcls',
    shape({
      bypass: text('bypass'),
      default_action: text('defaultAction'),
      ip_rules: texts('ipRules', 'value'),
      virtual_network_subnet_ids: texts('virtualNetworkRules', 'id'),
    }),
  ),
});

const sqlServer = shape({
  version: text('properties.version'),
  administrator_login: text('properties.administratorLogin'),
  minimum_tls_version: text('properties.minimalTlsVersion'),
  public_network_access_enabled: isPublic,
  outbound_network_restriction_enabled: onlyIf('properties.restrictOutboundNetworkAccess'),
  fully_qualified_domain_name: text('properties.fullyQualifiedDomainName'),
  azuread_administrator: block(
    'properties.administrators',
    shape({
      login_username: text('login'),
      object_id: text('sid'),
      tenant_id: text('tenantId'),
      azuread_authentication_only: flag('azureADOnlyAuthentication'),
    }),
  ),
});

const sqlDatabase: Table = {
  ...table(
    'microsoft.sql/servers/databases',
    'azurerm_mssql_database',
    shape({
      server_id: mapped(text('id'), (id) => String(id).replace(/\/databases\/[^/]+$/i, '')),
      sku_name: text('sku.name'),
      collation: text('properties.collation'),
      max_size_gb: mapped(number('properties.maxSizeBytes'), (bytes) => Number(bytes) / 2 ** 30),
      zone_redundant: flag('properties.zoneRedundant'),
      storage_account_type: text('properties.requestedBackupStorageRedundancy'),
      license_type: text('properties.licenseType'),
      read_scale: onlyIf('properties.readScale'),
    }),
  ),
};

const databases: Table = {
  ...sqlDatabase,
  read: (row) =>
    sqlDatabase.read(row).flatMap((found) => {
      // Every server has one, and nobody can change it.
      if (found.name === 'master') return [];
      const server = found.id.split('/').at(-3) ?? '';
      // The group is told by the server.
      const { resource_group_name: _, location: __, ...attributes } = found.attributes;
      return [{ ...found, name: `${server}/${found.name}`, attributes }];
    }),
};

const tiers: Readonly<Record<string, string>> = {
  Burstable: 'B',
  GeneralPurpose: 'GP',
  MemoryOptimized: 'MO',
  BusinessCritical: 'MO',
};

/** `GP_Standard_D2s_v3`: how Terraform writes a size. */
const flexibleSize = (row: Json) => {
  const size = textAt(row, 'sku.name');
  return size && `${tiers[textAt(row, 'sku.tier') ?? ''] ?? textAt(row, 'sku.tier')}_${size}`;
};

const flexible = {
  version: text('properties.version'),
  sku_name: flexibleSize,
  administrator_login: text('properties.administratorLogin'),
  backup_retention_days: number('properties.backup.backupRetentionDays'),
  geo_redundant_backup_enabled: onlyIf('properties.backup.geoRedundantBackup'),
  fqdn: text('properties.fullyQualifiedDomainName'),
  delegated_subnet_id: text('properties.network.delegatedSubnetResourceId'),
  public_network_access_enabled: unless('properties.network.publicNetworkAccess', 'Disabled'),
  zone: text('properties.availabilityZone'),
  high_availability: (row: Json) => {
    const mode = textAt(row, 'properties.highAvailability.mode');
    const standby = textAt(row, 'properties.highAvailability.standbyAvailabilityZone');
    if (mode === undefined || mode === 'Disabled') return [];
    return [{ mode, ...(standby !== undefined && { standby_availability_zone: standby }) }];
  },
};

export const dataTables: readonly Table[] = [
  table('microsoft.storage/storageAccounts', 'azurerm_storage_account', (row) => ({
    ...storage(row),
    ...identityOf(row),
  })),
  table('microsoft.keyvault/vaults', 'azurerm_key_vault', vault),
  table('microsoft.sql/servers', 'azurerm_mssql_server', (row) => ({ ...sqlServer(row), ...identityOf(row) })),
  databases,
  table(
    'microsoft.dbforpostgresql/flexibleServers',
    'azurerm_postgresql_flexible_server',
    shape({
      ...flexible,
      storage_mb: mapped(number('properties.storage.storageSizeGB'), (size) => Number(size) * 1024),
      auto_grow_enabled: onlyIf('properties.storage.autoGrow'),
      private_dns_zone_id: text('properties.network.privateDnsZoneArmResourceId'),
      authentication: block(
        'properties.authConfig',
        shape({
          active_directory_auth_enabled: onlyIf('activeDirectoryAuth'),
          password_auth_enabled: onlyIf('passwordAuth'),
          tenant_id: text('tenantId'),
        }),
      ),
    }),
  ),
  table(
    'microsoft.dbformysql/flexibleServers',
    'azurerm_mysql_flexible_server',
    shape({
      ...flexible,
      private_dns_zone_id: text('properties.network.privateDnsZoneResourceId'),
      storage: block(
        'properties.storage',
        shape({
          size_gb: number('storageSizeGB'),
          iops: number('iops'),
          auto_grow_enabled: onlyIf('autoGrow'),
          io_scaling_enabled: onlyIf('autoIoScaling'),
        }),
      ),
    }),
  ),
  table('microsoft.containerservice/managedClusters', 'azurerm_kubernetes_cluster', (row) => ({
    ...shape({
      kubernetes_version: text('properties.kubernetesVersion'),
      dns_prefix: text('properties.dnsPrefix'),
      fqdn: text('properties.fqdn'),
      private_cluster_enabled: (node) => isTrueAt(node, 'properties.apiServerAccessProfile.enablePrivateCluster'),
      role_based_access_control_enabled: flag('properties.enableRBAC'),
      local_account_disabled: (node) => isTrueAt(node, 'properties.disableLocalAccounts'),
      oidc_issuer_enabled: (node) => isTrueAt(node, 'properties.oidcIssuerProfile.enabled'),
      azure_policy_enabled: (node) => isTrueAt(node, 'properties.addonProfiles.azurepolicy.enabled'),
      sku_tier: text('sku.tier'),
      node_resource_group: text('properties.nodeResourceGroup'),
      api_server_access_profile: (node) => {
        const ranges = itemsAt(node, 'properties.apiServerAccessProfile.authorizedIPRanges');
        return ranges.length === 0 ? [] : [{ authorized_ip_ranges: [...ranges] }];
      },
      network_profile: block(
        'properties.networkProfile',
        shape({
          network_plugin: text('networkPlugin'),
          network_policy: text('networkPolicy'),
          service_cidr: text('serviceCidr'),
          dns_service_ip: text('dnsServiceIP'),
          outbound_type: text('outboundType'),
          load_balancer_sku: lower('loadBalancerSku'),
        }),
      ),
      default_node_pool: (node) =>
        itemsAt(node, 'properties.agentPoolProfiles')
          .filter((pool) => textAt(pool, 'mode') === 'System')
          .slice(0, 1)
          .map(
            shape({
              name: text('name'),
              vm_size: text('vmSize'),
              node_count: number('count'),
              min_count: number('minCount'),
              max_count: number('maxCount'),
              auto_scaling_enabled: flag('enableAutoScaling'),
              os_disk_size_gb: number('osDiskSizeGB'),
              vnet_subnet_id: text('vnetSubnetID'),
              zones: asIs('availabilityZones'),
            }),
          ),
    })(row),
    ...identityOf(row),
  })),
  table(
    'microsoft.containerregistry/registries',
    'azurerm_container_registry',
    shape({
      sku: text('sku.name'),
      admin_enabled: flag('properties.adminUserEnabled'),
      public_network_access_enabled: isPublic,
      anonymous_pull_enabled: flag('properties.anonymousPullEnabled'),
      zone_redundancy_enabled: onlyIf('properties.zoneRedundancy'),
      login_server: text('properties.loginServer'),
    }),
  ),
];
