import { type Change, type Description, isJsonArray, type Json } from '@leeway/core';
import { at, type KindDeclaration } from './define.ts';
import { grantsAll, policyDocument, policySeverity } from './policy-document.ts';

function describeGrant(change: Change): Description | undefined {
  if (!change.path.includes('/Action') && !change.path.includes('/Principal')) return undefined;
  const isAction = change.path.includes('/Action');
  if (!grantsAll(change.after) || grantsAll(change.before)) return isAction ? describeActions(change) : undefined;
  return isAction
    ? { actual: 'allows every action', expected: 'allows named actions only' }
    : { actual: 'trusts everybody', expected: 'trusts named principals only' };
}

/** What one side allows and the other does not; a policy's other actions are of no interest. */
function describeActions({ before, after }: Change): Description | undefined {
  const [expected, actual] = [textsOf(before), textsOf(after)];
  const added = actual.filter((action) => !expected.includes(action));
  const removed = expected.filter((action) => !actual.includes(action));
  if (added.length === 0 && removed.length === 0) return undefined;
  if (added.length === 0) return { actual: `no longer names ${removed.join(', ')}`, expected: 'does' };
  return {
    actual: `names the action ${added.join(', ')}`,
    expected: removed.length === 0 ? 'does not' : `names ${removed.join(', ')}`,
  };
}

function textsOf(value: Json | undefined): readonly string[] {
  return (isJsonArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}

const trust = policyDocument('/assume_role_policy');
const inline = policyDocument('/inline_policy/*/policy');

export const awsIdentity: readonly KindDeclaration[] = [
  {
    name: 'aws_iam_role',
    title: 'IAM role',
    layer: 'identity',
    noise: {
      quantity: { ...trust.quantity, ...inline.quantity },
      identity: { ...trust.identity, ...inline.identity, '/inline_policy': ['name'] },
      unordered: [...(trust.unordered ?? []), ...(inline.unordered ?? []), '/managed_policy_arns', '/inline_policy'],
      computed: ['/name_prefix'],
      // Each has a type of its own; the provider shows them here as well.
      assigned: ['/managed_policy_arns', '/inline_policy'],
      defaults: { '/path': '/', '/max_session_duration': 3600 },
    },
    severity: [
      ...policySeverity('/assume_role_policy'),
      { path: '/managed_policy_arns', severity: 'high' },
      { path: '/inline_policy/**', severity: 'high' },
      { path: '/permissions_boundary', severity: 'high' },
    ],
    describe: describeGrant,
  },
  ...['aws_iam_policy', 'aws_iam_role_policy', 'aws_iam_user_policy', 'aws_iam_group_policy'].map(
    (name): KindDeclaration => ({
      name,
      title: name === 'aws_iam_policy' ? 'IAM policy' : 'inline IAM policy',
      layer: 'identity',
      noise: {
        ...policyDocument('/policy'),
        computed: ['/name_prefix'],
        assigned: ['/policy_id'],
        defaults: { '/path': '/' },
      },
      severity: policySeverity('/policy'),
      describe: describeGrant,
    }),
  ),
  ...['aws_iam_role_policy_attachment', 'aws_iam_user_policy_attachment', 'aws_iam_group_policy_attachment'].map(
    (name): KindDeclaration => ({
      name,
      title: 'policy attachment',
      layer: 'identity',
      // Terraform makes their ids up.
      noise: { assigned: ['/id'] },
      severity: [
        {
          path: '',
          severity: 'critical',
          when: ({ afterResource }) => attachesAdministrator(afterResource?.['policy_arn']),
        },
        { path: '/policy_arn', severity: 'critical', when: ({ after }) => attachesAdministrator(after) },
        { path: '/**', severity: 'high' },
      ],
    }),
  ),
  {
    name: 'aws_iam_user_group_membership',
    title: 'group membership',
    layer: 'identity',
    noise: { assigned: ['/id'], unordered: ['/groups'] },
    severity: [{ path: '/**', severity: 'high' }],
  },
  { name: 'aws_iam_group', title: 'IAM group', layer: 'identity', noise: { defaults: { '/path': '/' } } },
  {
    name: 'aws_iam_user',
    title: 'IAM user',
    layer: 'identity',
    noise: { defaults: { '/path': '/' } },
    severity: [{ path: '', severity: 'high' }],
  },
  {
    name: 'aws_iam_access_key',
    title: 'access key',
    layer: 'identity',
    noise: {
      secret: ['/secret', '/ses_smtp_password_v4', '/encrypted_secret', '/encrypted_ses_smtp_password_v4'],
      instance: ['/secret', '/ses_smtp_password_v4', '/encrypted_secret', '/key_fingerprint'],
      assigned: at('secret ses_smtp_password_v4 encrypted_secret key_fingerprint pgp_key'),
    },
    severity: [{ path: '', severity: 'high' }],
  },
];

function attachesAdministrator(arn: unknown): boolean {
  return typeof arn === 'string' && /:policy\/(?:AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(arn);
}
