import { testConnector } from '@leeway/connector-kit/test-contract.ts';
import type { RecordingInput } from '@leeway/connector-kit/testing/recording.ts';
import { connector } from './index.ts';

const secret = 'Tr0ub4dor-and-3';

/** What the real system answered: [{ request: { url: 'https://new-system.test/parameters' }, response: { json: [] } }]. */
const recordings: readonly RecordingInput[] = [];

testConnector('new-system', connector, {
  secrets: [secret],
  scenarios: [
    {
      name: 'a server',
      settings: { url: 'https://new-system.test', tokenFrom: 'TOKEN' },
      variables: { TOKEN: secret },
      recordings,
      lists: [''],
    },
  ],
  failures: [
    {
      name: 'a credential that is not set',
      settings: { url: 'https://new-system.test', tokenFrom: 'TOKEN' },
      codes: ['LW3055'],
    },
  ],
});
