import type { Connector } from '@leeway/connector-kit';
import { terraformKinds } from './kinds/index.ts';
import { checkTerraform, readTerraform } from './read.ts';
import { TerraformSettings } from './settings.ts';
import { recogniseTerraform } from './standalone.ts';

export const connector: Connector<TerraformSettings> = {
  id: 'terraform',
  title: 'Terraform and OpenTofu',
  summary: 'States and plans as files: what the configuration wants, what was applied, what a refresh found.',
  settings: TerraformSettings,
  kinds: terraformKinds,
  verification: { state: 'verified', against: 'Terraform 1.11.4: states and plans of terraform_data and aws 5.100' },
  permissions: [],
  check: checkTerraform,
  read: readTerraform,
  standalone: recogniseTerraform,
};
