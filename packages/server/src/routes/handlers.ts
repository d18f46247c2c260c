import type { Api } from '../contract/api.ts';
import type { HandlersOf } from '../http/call.ts';
import { compareHandlers } from './compare.ts';
import { jobHandlers } from './jobs.ts';
import { sessionHandlers } from './session.ts';

/** Every handler of the API. */
export const handlers = { ...sessionHandlers, ...compareHandlers, ...jobHandlers } as unknown as HandlersOf<Api>;
