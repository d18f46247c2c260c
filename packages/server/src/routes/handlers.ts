import type { Api } from '../contract/api.ts';
import type { HandlersOf } from '../http/call.ts';
import { sessionHandlers } from './session.ts';

/** Every handler of the API. */
export const handlers = { ...sessionHandlers } as unknown as HandlersOf<Api>;
