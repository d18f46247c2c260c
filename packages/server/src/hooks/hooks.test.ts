import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readDelivery } from './read.ts';
import { isVerified } from './verify.ts';

const secret = 'correct horse battery staple';
const body = Buffer.from('{"ref":"refs/heads/main"}');
const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('what a call is verified by', () => {
  it.each([
    ['github', { 'x-hub-signature-256': signature }],
    ['flux', { 'x-signature': signature }],
    ['cloudevents', { 'x-signature': signature }],
    ['cloudevents', { authorization: `Bearer ${secret}` }],
    ['gitlab', { 'x-gitlab-token': secret }],
    ['argocd', { authorization: `Bearer ${secret}` }],
    ['octopus', { authorization: `Bearer ${secret}` }],
    ['eventbridge', { authorization: `Bearer ${secret}` }],
  ] as const)('%s %j', (kind, headers) => {
    expect(isVerified(kind, { headers, body }, secret)).toBe(true);
    expect(isVerified(kind, { headers, body }, `${secret}r`)).toBe(false);
    expect(isVerified(kind, { headers: {}, body }, secret)).toBe(false);
    const isOverBody = 'x-hub-signature-256' in headers || 'x-signature' in headers;
    expect(isVerified(kind, { headers, body: Buffer.from('{"ref": "refs/heads/main"}') }, secret)).toBe(!isOverBody);
  });
});

describe('what a delivery says', () => {
  const time = '2026-06-01T10:00:00Z';

  it.each([
    [
      'github',
      { 'x-github-event': 'push', 'x-github-delivery': 'd1' },
      { ref: 'refs/heads/main' },
      { event: { what: 'push', branch: 'main' }, id: 'd1' },
    ],
    [
      'github',
      { 'x-github-event': 'deployment_status', 'x-github-delivery': 'd2' },
      {
        deployment_status: { state: 'success' },
        deployment: { sha: 'a1b2c3d4', environment: 'prod' },
        sender: { login: 'j.wouters' },
      },
      { event: { what: 'deployment', environment: 'prod', revision: 'a1b2c3d4', actor: 'j.wouters' }, id: 'd2' },
    ],
    [
      'gitlab',
      { 'x-gitlab-event': 'Deployment Hook', 'x-gitlab-event-uuid': 'g1' },
      {
        object_kind: 'deployment',
        status: 'success',
        environment: 'prod',
        commit_url: 'https://gitlab.example/a/b/-/commit/a1b2c3d4',
        user: { username: 'j.wouters' },
      },
      { event: { what: 'deployment', environment: 'prod', revision: 'a1b2c3d4', actor: 'j.wouters' }, id: 'g1' },
    ],
    [
      'argocd',
      {},
      { application: 'wms-production', revision: 'a1b2c3d4', finishedAt: time },
      {
        event: { what: 'deployment', environment: 'wms-production', revision: 'a1b2c3d4' },
        id: `wms-production a1b2c3d4 ${time}`,
        at: time,
      },
    ],
    [
      'flux',
      {},
      {
        involvedObject: { kind: 'Kustomization', namespace: 'flux-system', name: 'wms' },
        severity: 'info',
        timestamp: time,
        reason: 'ReconciliationSucceeded',
        metadata: { 'kustomize.toolkit.fluxcd.io/revision': 'main@sha1:a1b2c3d4' },
      },
      {
        event: { what: 'deployment', environment: 'flux-system/wms', revision: 'a1b2c3d4' },
        id: `${time} Kustomization flux-system/wms ReconciliationSucceeded`,
        at: time,
      },
    ],
    [
      'octopus',
      {},
      {
        Timestamp: time,
        Payload: {
          Event: {
            Id: 'Events-1',
            Category: 'DeploymentSucceeded',
            Username: 'j.wouters',
            RelatedDocumentIds: ['Projects-1', 'Environments-21'],
          },
        },
      },
      { event: { what: 'deployment', environment: 'Environments-21', actor: 'j.wouters' }, id: 'Events-1', at: time },
    ],
    [
      'eventbridge',
      {},
      { version: '0', id: 'e1', time, source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail', detail: {} },
      { event: { what: 'change' }, id: 'e1', at: time },
    ],
    [
      'cloudevents',
      {},
      {
        specversion: '1.0',
        id: 'c1',
        source: '/ci',
        type: 'deployed',
        time,
        data: { environment: 'prod', revision: 'a1b2c3d4' },
      },
      { event: { what: 'deployment', environment: 'prod', revision: 'a1b2c3d4' }, id: '/ci c1', at: time },
    ],
    [
      'cloudevents',
      { 'ce-specversion': '1.0', 'ce-id': 'c2', 'ce-source': '/ci' },
      { anything: true },
      { event: { what: 'change' }, id: '/ci c2' },
    ],
  ] as const)('%s %j %j', (kind, headers, given, expected) => {
    expect(readDelivery(kind, given, headers)).toEqual(expected);
  });

  it.each(['github', 'gitlab', 'argocd', 'flux', 'octopus', 'eventbridge', 'cloudevents'] as const)(
    'nothing, where %s sends something else',
    (kind) => {
      for (const other of [null, 1, 'text', [], {}, { ref: 1 }, { Payload: null }]) {
        expect(readDelivery(kind, other, {}).event.what).toBe('nothing');
      }
    },
  );
});
