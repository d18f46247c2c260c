import type { Connector } from '@leeway/connector-kit';
import { azurermKinds } from '../terraform/kinds/azurerm.ts';
import { azureKinds, checkAzure, readAzure } from './read.ts';
import { AzureSettings } from './settings.ts';

export const connector: Connector<AzureSettings> = {
  id: 'azure',
  title: 'Azure',
  summary:
    'Networks, roles, storage, databases, vaults, clusters, alerts and backups of Azure subscriptions, as Terraform names them.',
  settings: AzureSettings,
  kinds: azurermKinds.filter(({ name }) => azureKinds.includes(name)),
  verification: {
    state: 'built-to-published-api',
    api: 'Azure Resource Graph 2022-10-01 and the activity log 2015-04-01',
  },
  permissions: ['Reader on the subscriptions', 'Microsoft.Insights/eventtypes/management/values/read'],
  check: checkAzure,
  read: readAzure,
};
