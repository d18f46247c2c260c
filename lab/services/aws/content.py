"""What the two accounts of the lab hold, put there by AWS's own client against a moto server.

usage: content.py <endpoint> <account> <stage> fill | <change> apply|undo | permit <action to withhold>
"""
import json
import sys
import urllib.request

import boto3
from botocore.config import Config

REGION = 'eu-west-1'
HOME = '123456789012'  # the account of whoever reads; the accounts that are read trust it


def server(endpoint, path, body=b''):
    plain = {'content-type': 'text/plain'}
    urllib.request.urlopen(urllib.request.Request(endpoint + path, data=body, headers=plain, method='POST')).read()


def session_in(endpoint, account):
    """A session that may do everything, for as long as the server asks nobody who they are."""
    options = dict(region_name=REGION, endpoint_url=endpoint, config=Config(s3={'addressing_style': 'path'}))
    keys = dict(aws_access_key_id='filler', aws_secret_access_key='filler')
    taken = boto3.client('sts', **keys, **options).assume_role(RoleArn=f'arn:aws:iam::{account}:role/filler', RoleSessionName='fill')
    given = taken['Credentials']
    session = boto3.Session(given['AccessKeyId'], given['SecretAccessKey'], given['SessionToken'])
    return lambda service: session.client(service, **options)


def allow(actions, resources='*', **more):
    return json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': actions, 'Resource': resources, **more}]})


def trust(principal):
    statement = {'Effect': 'Allow', 'Principal': principal, 'Action': 'sts:AssumeRole'}
    return json.dumps({'Version': '2012-10-17', 'Statement': [statement]})


def tags(**named):
    return [{'Key': key, 'Value': value} for key, value in named.items()]


def fill(endpoint, account, stage):
    with open('permissions.json') as file:
        permissions = json.load(file)
    server(endpoint, '/moto-api/reset-auth', b'inf')
    server(endpoint, '/moto-api/reset')
    server(endpoint, '/moto-api/seed?a=42')
    reader(endpoint, account, permissions)
    at = session_in(endpoint, account)
    network = fill_network(at, stage)
    fill_identity(at, stage)
    fill_storage(at, stage)
    fill_balancer(at, stage, network)
    fill_databases(at, stage, network)
    fill_secrets(at, stage)
    fill_runtime(at, stage, network)
    fill_operations(at, stage)
    server(endpoint, '/moto-api/reset-auth', b'0')


def reader(endpoint, account, permissions):
    """Who reads: a user at home that may take on one role, and that role, which may read and nothing else."""
    home = session_in(endpoint, HOME)('iam')
    home.create_user(UserName='leeway')
    home.put_user_policy(UserName='leeway', PolicyName='assume', PolicyDocument=allow('sts:AssumeRole', f'arn:aws:iam::{account}:role/leeway-reader'))
    key = home.create_access_key(UserName='leeway')['AccessKey']
    with open('key.json', 'w') as file:
        json.dump({'id': key['AccessKeyId'], 'secret': key['SecretAccessKey']}, file)
    iam = session_in(endpoint, account)('iam')
    iam.create_role(RoleName='leeway-reader', AssumeRolePolicyDocument=trust({'AWS': f'arn:aws:iam::{HOME}:user/leeway'}))
    iam.put_role_policy(RoleName='leeway-reader', PolicyName='read', PolicyDocument=allow(permissions))


def permit(endpoint, account, withheld):
    """Gives the role that reads everything it needs but for one action."""
    with open('permissions.json') as file:
        permissions = [action for action in json.load(file) if action != withheld]
    iam = session_in(endpoint, account)('iam')
    iam.put_role_policy(RoleName='leeway-reader', PolicyName='read', PolicyDocument=allow(permissions))


def fill_network(at, stage):
    ec2 = at('ec2')
    vpc = ec2.create_vpc(CidrBlock='10.20.0.0/16')['Vpc']['VpcId']
    name(ec2, vpc, f'northwind-{stage}')
    subnets = []
    for index, zone in enumerate('ab'):
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock=f'10.20.{index}.0/24', AvailabilityZone=REGION + zone)['Subnet']['SubnetId']
        name(ec2, subnet, f'northwind-{stage}-private-{zone}')
        subnets.append(subnet)
    groups = {}
    for group, port in (('erp-db', 5432), ('wms-api', 8443), ('edi-gateway', 443)):
        created = ec2.create_security_group(GroupName=f'{group}-{stage}', Description=f'{group} of the warehouse', VpcId=vpc)['GroupId']
        permission = {'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port, 'IpRanges': [{'CidrIp': '10.20.0.0/16', 'Description': 'inside'}]}
        ec2.authorize_security_group_ingress(GroupId=created, IpPermissions=[permission])
        name(ec2, created, f'{group}-{stage}')
        groups[group] = created
    ec2.authorize_security_group_ingress(
        GroupId=groups['erp-db'],
        IpPermissions=[{'IpProtocol': 'tcp', 'FromPort': 5432, 'ToPort': 5432, 'UserIdGroupPairs': [{'GroupId': groups['wms-api']}]}],
    )
    acl = ec2.create_network_acl(VpcId=vpc)['NetworkAcl']['NetworkAclId']
    name(ec2, acl, f'northwind-{stage}-private')
    ec2.create_network_acl_entry(NetworkAclId=acl, RuleNumber=100, Protocol='6', RuleAction='allow', Egress=False, CidrBlock='10.0.0.0/8', PortRange={'From': 443, 'To': 443})
    table = ec2.create_route_table(VpcId=vpc)['RouteTable']['RouteTableId']
    name(ec2, table, f'northwind-{stage}-private')
    gateway = ec2.create_internet_gateway()['InternetGateway']['InternetGatewayId']
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock='0.0.0.0/0', GatewayId=gateway)
    address = ec2.allocate_address(Domain='vpc')['AllocationId']
    nat = ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)['NatGateway']['NatGatewayId']
    name(ec2, nat, f'northwind-{stage}')
    endpoint = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f'com.amazonaws.{REGION}.s3', RouteTableIds=[table], VpcEndpointType='Gateway')
    name(ec2, endpoint['VpcEndpoint']['VpcEndpointId'], f's3-{stage}')
    return {'vpc': vpc, 'subnets': subnets, 'groups': groups}


def name(ec2, resource, value):
    ec2.create_tags(Resources=[resource], Tags=tags(Name=value))


def fill_identity(at, stage):
    iam = at('iam')
    iam.create_role(
        RoleName=f'wms-api-{stage}', Path='/workloads/', Description='Warehouse API', MaxSessionDuration=7200,
        AssumeRolePolicyDocument=trust({'Service': 'ecs-tasks.amazonaws.com'}), Tags=tags(team='warehouse'),
    )
    iam.put_role_policy(RoleName=f'wms-api-{stage}', PolicyName='queues', PolicyDocument=allow(['sqs:SendMessage', 'sqs:ReceiveMessage']))
    policy = iam.create_policy(
        PolicyName=f'edi-archive-{stage}', Description='Reads the archive', Tags=tags(team='edi'),
        PolicyDocument=allow(['s3:GetObject', 's3:ListBucket'], [f'arn:aws:s3:::northwind-edi-{stage}', f'arn:aws:s3:::northwind-edi-{stage}/*']),
    )['Policy']['Arn']
    iam.attach_role_policy(RoleName=f'wms-api-{stage}', PolicyArn=policy)
    iam.create_group(GroupName='operators')
    iam.attach_group_policy(GroupName='operators', PolicyArn='arn:aws:iam::aws:policy/ReadOnlyAccess')
    iam.create_user(UserName='edi-partner', Path='/partners/', Tags=tags(partner='acme'))
    iam.put_user_policy(UserName='edi-partner', PolicyName='inbox', PolicyDocument=allow('s3:PutObject', f'arn:aws:s3:::northwind-edi-{stage}/in/*'))
    iam.add_user_to_group(UserName='edi-partner', GroupName='operators')
    iam.create_access_key(UserName='edi-partner')


def fill_storage(at, stage):
    s3 = at('s3')
    where = {'LocationConstraint': REGION}
    for bucket in ('edi', 'logs', 'erp-export'):
        full = f'northwind-{bucket}-{stage}'
        s3.create_bucket(Bucket=full, CreateBucketConfiguration=where)
        s3.put_bucket_tagging(Bucket=full, Tagging={'TagSet': tags(system=bucket)})
        s3.put_public_access_block(
            Bucket=full,
            PublicAccessBlockConfiguration={'BlockPublicAcls': True, 'IgnorePublicAcls': True, 'BlockPublicPolicy': True, 'RestrictPublicBuckets': True},
        )
        s3.put_bucket_encryption(
            Bucket=full,
            ServerSideEncryptionConfiguration={'Rules': [{'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'aws:kms'}, 'BucketKeyEnabled': True}]},
        )
        s3.put_bucket_ownership_controls(Bucket=full, OwnershipControls={'Rules': [{'ObjectOwnership': 'BucketOwnerEnforced'}]})
    s3.put_bucket_versioning(Bucket=f'northwind-edi-{stage}', VersioningConfiguration={'Status': 'Enabled'})
    s3.put_bucket_policy(Bucket=f'northwind-edi-{stage}', Policy=only_encrypted(stage))


def only_encrypted(stage):
    return json.dumps({'Version': '2012-10-17', 'Statement': [{
        'Sid': 'EncryptedOnly', 'Effect': 'Deny', 'Principal': '*', 'Action': 's3:*',
        'Resource': f'arn:aws:s3:::northwind-edi-{stage}/*', 'Condition': {'Bool': {'aws:SecureTransport': 'false'}},
    }]})


def fill_balancer(at, stage, network):
    elb = at('elbv2')
    balancer = elb.create_load_balancer(
        Name=f'wms-{stage}', Subnets=network['subnets'], SecurityGroups=[network['groups']['wms-api']], Scheme='internal', Tags=tags(system='wms'),
    )['LoadBalancers'][0]['LoadBalancerArn']
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=balancer,
        Attributes=[{'Key': 'deletion_protection.enabled', 'Value': 'true'}, {'Key': 'routing.http.drop_invalid_header_fields.enabled', 'Value': 'true'}],
    )
    target = elb.create_target_group(Name=f'wms-{stage}', Protocol='HTTP', Port=8443, VpcId=network['vpc'], TargetType='ip', HealthCheckPath='/healthz')
    certificate = at('acm').import_certificate(Certificate=read('cert.pem'), PrivateKey=read('key.pem'), Tags=tags(system='wms'))['CertificateArn']
    elb.create_listener(
        LoadBalancerArn=balancer, Protocol='HTTPS', Port=443, SslPolicy='ELBSecurityPolicy-TLS13-1-2-2021-06', Certificates=[{'CertificateArn': certificate}],
        DefaultActions=[{'Type': 'forward', 'TargetGroupArn': target['TargetGroups'][0]['TargetGroupArn']}],
    )


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def fill_databases(at, stage, network):
    rds = at('rds')
    rds.create_db_subnet_group(DBSubnetGroupName=f'erp-{stage}', DBSubnetGroupDescription='ERP', SubnetIds=network['subnets'])
    rds.create_db_parameter_group(DBParameterGroupName=f'erp-{stage}', DBParameterGroupFamily='postgres16', Description='ERP')
    rds.create_db_instance(
        DBInstanceIdentifier=f'erp-{stage}', Engine='postgres', EngineVersion='16.4', DBInstanceClass='db.m6g.large', AllocatedStorage=200,
        MasterUsername='erp', MasterUserPassword='never-told-to-anyone', StorageEncrypted=True, MultiAZ=True, DeletionProtection=True,
        BackupRetentionPeriod=14, PubliclyAccessible=False, DBSubnetGroupName=f'erp-{stage}', VpcSecurityGroupIds=[network['groups']['erp-db']],
        PreferredBackupWindow='01:00-02:00', PreferredMaintenanceWindow='sun:03:00-sun:04:00', CopyTagsToSnapshot=True, Tags=tags(system='erp'),
    )


def fill_secrets(at, stage):
    kms = at('kms')
    key = kms.create_key(Description='ERP data', Tags=[{'TagKey': 'system', 'TagValue': 'erp'}])['KeyMetadata']['KeyId']
    kms.create_alias(AliasName=f'alias/erp-{stage}', TargetKeyId=key)
    kms.enable_key_rotation(KeyId=key)
    at('secretsmanager').create_secret(Name=f'{stage}/erp/database', Description='ERP database', SecretString='never-told-to-anyone', KmsKeyId=key, Tags=tags(system='erp'))


def fill_runtime(at, stage, network):
    at('ecr').create_repository(
        repositoryName='wms/api', imageTagMutability='IMMUTABLE', imageScanningConfiguration={'scanOnPush': True}, tags=tags(system='wms'),
    )
    ecs = at('ecs')
    ecs.create_cluster(clusterName=f'wms-{stage}', settings=[{'name': 'containerInsights', 'value': 'enabled'}])
    ecs.register_task_definition(
        family=f'wms-api-{stage}', networkMode='awsvpc', requiresCompatibilities=['FARGATE'], cpu='512', memory='1024',
        containerDefinitions=[{
            'name': 'api', 'image': 'wms/api:1.8.2', 'essential': True, 'environment': [{'name': 'STAGE', 'value': stage}],
            'portMappings': [{'containerPort': 8443, 'protocol': 'tcp'}],
        }],
    )
    ecs.create_service(
        cluster=f'wms-{stage}', serviceName='api', taskDefinition=f'wms-api-{stage}', desiredCount=2, launchType='FARGATE',
        networkConfiguration={'awsvpcConfiguration': {'subnets': network['subnets'], 'securityGroups': [network['groups']['wms-api']]}},
    )
    eks = at('eks')
    eks.create_cluster(
        name=f'analytics-{stage}', version='1.33', roleArn=f'arn:aws:iam::{HOME}:role/eks',
        resourcesVpcConfig={'subnetIds': network['subnets'], 'endpointPublicAccess': False, 'endpointPrivateAccess': True},
        logging={'clusterLogging': [{'types': ['api', 'audit'], 'enabled': True}]},
    )
    eks.create_nodegroup(
        clusterName=f'analytics-{stage}', nodegroupName='default', subnets=network['subnets'], nodeRole=f'arn:aws:iam::{HOME}:role/nodes',
        scalingConfig={'minSize': 1, 'maxSize': 4, 'desiredSize': 2}, instanceTypes=['m6i.large'],
    )


def fill_operations(at, stage):
    at('cloudwatch').put_metric_alarm(
        AlarmName=f'orders-stuck-{stage}', AlarmDescription='No order left the warehouse', Namespace='Northwind', MetricName='OrdersDone', Statistic='Sum',
        Dimensions=[{'Name': 'warehouse', 'Value': 'rotterdam'}], Period=300, EvaluationPeriods=3, Threshold=1.0, ComparisonOperator='LessThanThreshold',
        TreatMissingData='breaching', ActionsEnabled=True, AlarmActions=[f'arn:aws:sns:{REGION}:{HOME}:oncall'],
    )
    backup = at('backup')
    backup.create_backup_vault(BackupVaultName=f'erp-{stage}', BackupVaultTags={'system': 'erp'})
    backup.create_backup_plan(
        BackupPlan={'BackupPlanName': f'erp-{stage}', 'Rules': [{
            'RuleName': 'nightly', 'TargetBackupVaultName': f'erp-{stage}', 'ScheduleExpression': 'cron(0 1 * * ? *)',
            'StartWindowMinutes': 60, 'CompletionWindowMinutes': 180, 'Lifecycle': {'DeleteAfterDays': 35},
        }]},
    )


def group_id(at, group):
    return at('ec2').describe_security_groups(Filters=[{'Name': 'group-name', 'Values': [group]}])['SecurityGroups'][0]['GroupId']


def opened_to_world(at, stage, undo):
    ec2 = at('ec2')
    change = ec2.revoke_security_group_ingress if undo else ec2.authorize_security_group_ingress
    permission = {'IpProtocol': 'tcp', 'FromPort': 22, 'ToPort': 22, 'IpRanges': [{'CidrIp': '0.0.0.0/0'}]}
    change(GroupId=group_id(at, f'edi-gateway-{stage}'), IpPermissions=[permission])


def acl_opened(at, stage, undo):
    ec2 = at('ec2')
    acl = ec2.describe_network_acls(Filters=[{'Name': 'tag:Name', 'Values': [f'northwind-{stage}-private']}])['NetworkAcls'][0]['NetworkAclId']
    ec2.replace_network_acl_entry(
        NetworkAclId=acl, RuleNumber=100, Protocol='6', RuleAction='allow', Egress=False,
        CidrBlock='10.0.0.0/8' if undo else '0.0.0.0/0', PortRange={'From': 443, 'To': 443},
    )


def administrator(at, stage, undo):
    iam = at('iam')
    change = iam.detach_role_policy if undo else iam.attach_role_policy
    change(RoleName=f'wms-api-{stage}', PolicyArn='arn:aws:iam::aws:policy/AdministratorAccess')


def trust_widened(at, stage, undo):
    principal = {'Service': 'ecs-tasks.amazonaws.com'} if undo else {'AWS': '*'}
    at('iam').update_assume_role_policy(RoleName=f'wms-api-{stage}', PolicyDocument=trust(principal))


def key_disabled(at, stage, undo):
    iam = at('iam')
    key = iam.list_access_keys(UserName='edi-partner')['AccessKeyMetadata'][0]['AccessKeyId']
    iam.update_access_key(UserName='edi-partner', AccessKeyId=key, Status='Active' if undo else 'Inactive')


def bucket_public(at, stage, undo):
    at('s3').put_public_access_block(
        Bucket=f'northwind-erp-export-{stage}',
        PublicAccessBlockConfiguration={'BlockPublicAcls': True, 'IgnorePublicAcls': True, 'BlockPublicPolicy': undo, 'RestrictPublicBuckets': undo},
    )


def bucket_unencrypted(at, stage, undo):
    rule = {'ApplyServerSideEncryptionByDefault': {'SSEAlgorithm': 'aws:kms' if undo else 'AES256'}, 'BucketKeyEnabled': True}
    at('s3').put_bucket_encryption(Bucket=f'northwind-logs-{stage}', ServerSideEncryptionConfiguration={'Rules': [rule]})


def versioning_suspended(at, stage, undo):
    at('s3').put_bucket_versioning(Bucket=f'northwind-edi-{stage}', VersioningConfiguration={'Status': 'Enabled' if undo else 'Suspended'})


def database_backups(at, stage, undo):
    at('rds').modify_db_instance(DBInstanceIdentifier=f'erp-{stage}', BackupRetentionPeriod=14 if undo else 1, ApplyImmediately=True)


def rotation_off(at, stage, undo):
    kms = at('kms')
    key = kms.describe_key(KeyId=f'alias/erp-{stage}')['KeyMetadata']['KeyId']
    (kms.enable_key_rotation if undo else kms.disable_key_rotation)(KeyId=key)


def tags_mutable(at, stage, undo):
    at('ecr').put_image_tag_mutability(repositoryName='wms/api', imageTagMutability='IMMUTABLE' if undo else 'MUTABLE')


def alarm_silenced(at, stage, undo):
    cloudwatch = at('cloudwatch')
    (cloudwatch.enable_alarm_actions if undo else cloudwatch.disable_alarm_actions)(AlarmNames=[f'orders-stuck-{stage}'])


def balancer_unprotected(at, stage, undo):
    elb = at('elbv2')
    balancer = elb.describe_load_balancers(Names=[f'wms-{stage}'])['LoadBalancers'][0]['LoadBalancerArn']
    protection = {'Key': 'deletion_protection.enabled', 'Value': 'true' if undo else 'false'}
    elb.modify_load_balancer_attributes(LoadBalancerArn=balancer, Attributes=[protection])


CHANGES = {change.__name__.replace('_', '-'): change for change in (
    opened_to_world, acl_opened, administrator, trust_widened, key_disabled, bucket_public, bucket_unencrypted, versioning_suspended,
    database_backups, rotation_off, tags_mutable, alarm_silenced, balancer_unprotected,
)}


def main(endpoint, account, stage, what, direction=''):
    if what == 'fill':
        return fill(endpoint, account, stage)
    server(endpoint, '/moto-api/reset-auth', b'inf')
    if what == 'permit':
        permit(endpoint, account, direction)
    else:
        CHANGES[what](session_in(endpoint, account), stage, direction == 'undo')
    server(endpoint, '/moto-api/reset-auth', b'0')


main(*sys.argv[1:])
