import type { JsonObject, Kind } from '@leeway/core';
import { awsData } from './aws-data.ts';
import { awsEdge } from './aws-edge.ts';
import { awsIdentity } from './aws-identity.ts';
import { awsNetwork } from './aws-network.ts';
import { awsRuntime } from './aws-runtime.ts';
import { awsServices } from './aws-services.ts';
import { awsStorage } from './aws-storage.ts';
import { at, defineKinds, type KindDeclaration, mergeNoise, type ProviderRules } from './define.ts';
import { foldLabels } from './labels.ts';
import { foldPrincipals, policyDocument } from './policy-document.ts';

/** What AWS assigns, and what names other objects of the same account: the same idea under another id elsewhere. */
const instance = at(`
  id arn arn_suffix owner_id account_id registry_id unique_id policy_id resource_id cluster_resource_id
  vpc_id subnet_id subnet_ids subnets vpc_zone_identifier security_groups security_group_id security_group_ids
  vpc_security_group_ids source_security_group_id referenced_security_group_id security_group_rule_id prefix_list_id
  kms_key_id kms_key_arn kms_master_key_id key_id master_user_secret_kms_key_id performance_insights_kms_key_id
  role_arn execution_role_arn task_role_arn service_linked_role_arn certificate_arn load_balancer_arn target_group_arns
  load_balancer_arns zone_id hosted_zone_id dns_name endpoint reader_endpoint address fqdn url repository_url
  availability_zone availability_zones availability_zone_id network_interface_id primary_network_interface_id
  network_interface_ids private_ip public_ip private_dns public_dns route_table_id route_table_ids gateway_id
  nat_gateway_id internet_gateway_id transit_gateway_id vpc_peering_connection_id vpc_endpoint_id instance_id
  allocation_id association_id volume_id snapshot_id ami image_id
`);

const computed = at(`
  create_date create_time created_at created_date creation_date last_modified last_modified_date last_updated_date
  updated_at latest_restorable_time attachment_count password_data
`);

/** Names that stand for sets wherever the provider's schemas use them, in blocks too. */
const unordered = at(
  `
  subnet_ids subnets vpc_zone_identifier security_groups security_group_ids vpc_security_group_ids availability_zones
  target_group_arns load_balancer_arns network_interface_ids route_table_ids cidr_blocks ipv6_cidr_blocks prefix_list_ids
  users roles groups event_categories source_ids allowed_oauth_flows allowed_oauth_scopes callback_urls logout_urls
  supported_identity_providers client_id_list thumbprint_list compatible_runtimes compatible_architectures architectures
  allowed_methods cached_methods aliases locations ip_addresses addresses private_ips accounts allowed_principals
  enabled_log_types log_types instance_types
`,
  '/**',
);

const documents = policyDocument(
  ...at('policy assume_role_policy access_policy access_policies resource_policy policy_document key_policy'),
);

/** Arguments that only Terraform knows: AWS itself tells nothing of them. */
const unobserved = at(`
  force_destroy force_delete force_detach_policies skip_final_snapshot skip_destroy apply_immediately
  delete_automated_backups recovery_window_in_days deletion_window_in_days force_overwrite_replica_secret
  bypass_policy_lockout_safety_check revoke_rules_on_delete allow_overwrite wait_for_steady_state wait_for_fulfillment
  password master_password manage_master_user_password
`);

const rules: ProviderRules = {
  noise: mergeNoise(documents, {
    instance,
    computed,
    unordered,
    // Version 6 of the provider tells the region of every resource; who compares regions has tokens or a policy for it.
    assigned: ['/region', ...unobserved],
  }),
  normalize: (attributes: JsonObject) => foldPrincipals(foldLabels(attributes, 'tags', 'tags_all')),
};

/** Any other AWS type. */
const fallback: KindDeclaration = { name: 'aws_*', title: 'AWS resource', layer: 'runtime' };

export const awsKinds: readonly Kind[] = defineKinds(rules, [
  ...awsNetwork,
  ...awsIdentity,
  ...awsData,
  ...awsStorage,
  ...awsRuntime,
  ...awsServices,
  ...awsEdge,
  fallback,
]);
