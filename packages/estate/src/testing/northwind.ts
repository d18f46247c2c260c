/** A small estate that uses every section, for tests. */
export const northwind: Readonly<Record<string, string>> = {
  'leeway.yaml': `# yaml-language-server: $schema=./leeway.schema.json
estate: northwind
title: Northwind Distribution
expiryWarning: 21d

templates:
  region:
    name: '{stage}-{region}'
    for:
      stage: [production, staging]
      region: [eu, us]
    except:
      - {stage: staging, region: us}
    mirrors: production-{region}
    compliance: [gdpr]
    parameters:
      cluster: wms-{stage}-{region}
      database: orders-{region}.db.internal

environments:
  production-eu:
    parameters: {account: '111122223333', replicas: 5}
    tokens: {account: '111122223333'}
  test:
    stage: test
    mirrors: production-eu
    parameters: {cluster: wms-test, database: localhost}

policies:
  packs: [network]
  parameters:
    NET001:
      '*': {allowedPorts: [443]}
      production-*: {allowedPorts: []}
`,
  'workloads/warehouse.yaml': `workloads:
  wms:
    title: Warehouse API
    owner: team-warehouse
    priority: 1
    hosting: kubernetes
    rto: 4h
    rpo: 15m
    match:
      - {source: cluster, key: 'wms/*'}
      - {source: orders, key: 'public.shipment*'}
  platform:
    owner: team-platform
    shared: true
    match:
      - {kind: 'aws_*'}
owners:
  - {owner: team-data, layer: database}
  - {owner: team-edge, path: deploy/edge/}
`,
  'sources/cluster.yaml': `sources:
  cluster:
    title: Kubernetes clusters
    connector: kubernetes
    environments: {stage: [production, staging]}
    declared:
      files: ['deploy/{stage}/**/*.yaml']
    observed:
      context: '{cluster}'
      namespaces: [wms, '{region}-edge']
    freshness: 1h
    exclude:
      - {kind: Event}
  orders:
    connector: postgresql
    environments: [production-*, test]
    declared: {migrations: db/migrations}
    observed: {host: '{database}', user: leeway, passwordFrom: PGPASSWORD}
    deadline: 2m
    rate: 5
    unmanaged: ignore
    parity: false
`,
  'approved/sizing.yaml': `approved:
  AD-0001:
    match:
      environments: staging-*
      workload: wms
      source: cluster
      kind: apps/Deployment
      key: wms/wms-api
      path: /spec/replicas
    allow: {atMost: reference}
    category: sizing
    reason: Staging carries a tenth of the load.
    owner: team-warehouse
    approver: jane.doe
    ticket: OPS-12
    expires: 2026-12-31T23:59[Europe/Brussels]
`,
};

export const connectors = ['kubernetes', 'postgresql', 'prometheus', 'terraform'];
export const packs = ['containers', 'encryption', 'network'];
