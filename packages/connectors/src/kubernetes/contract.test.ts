import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import { RecordingFile } from '@leeway/connector-kit/testing/recording.ts';
import { connector } from './index.ts';
import { recordedFiles, recordedText } from './testing/read.ts';

const { recordings } = RecordingFile.parse(JSON.parse(recordedText('live.json')));
const secrets = ['marker-4711', Buffer.from('marker-4711-string').toString('base64'), 'bWFya2VyLTQ3MTE'];

testConnector('kubernetes', connector, {
  secrets,
  scenarios: [
    {
      name: 'manifests in a folder',
      settings: { manifests: 'deploy' },
      files: Object.fromEntries(
        Object.entries(recordedFiles('applied')).map(([name, text]) => [`deploy/${name}`, text]),
      ),
      resources: 103,
    },
    {
      name: 'a dump of kubectl',
      settings: { dumps: 'dumps/*.json' },
      files: { 'dumps/all.json': recordedText('read-back.json') },
      lists: ['/items'],
      resources: 103,
    },
    {
      name: 'a live API',
      settings: { cluster: { server: 'https://cluster.test:6443', tokenFrom: 'KUBE_TOKEN' } },
      variables: { KUBE_TOKEN: 'marker-4711-token' },
      recordings,
      lists: ['/items'],
    },
  ],
});
