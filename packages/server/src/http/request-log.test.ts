import Fastify from 'fastify';
import pino from 'pino';
import { expect, test } from 'vitest';
import { handleErrors } from '../plugins/errors.ts';
import { requestLog } from './request-log.ts';

test('calls are logged without what stands in their query', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const app = Fastify({ loggerInstance: requestLog(log) });
  // Fastify's own answer to an unknown address would log all of it.
  handleErrors(app);
  app.get('/set-up', () => ({}));
  await app.inject('/set-up?link=secret-word');
  await app.inject('/auth/callback?code=secret-word&state=another');
  await app.close();
  const text = lines.join('');
  expect(text).toContain('"url":"/set-up"');
  expect(text).toContain('/auth/callback');
  expect(text).not.toContain('secret-word');
});
