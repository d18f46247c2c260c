import type { ProblemEntry } from '../registry.ts';

/** Problems of calls to the server: who asks, what for, and in what form. */
export const serverProblems = {
  LW8001: {
    title: 'Not signed in',
    message: 'This needs a session or an API token, and the call has neither a valid one.',
    hint: 'Sign in, or send "Authorization: Bearer <token>"; a token that expired or was revoked is made anew under Settings.',
    status: 401,
  },
  LW8002: {
    title: 'Not allowed',
    message: '{name} may not do this: it needs {permission}{scope}.',
    hint: 'Ask an administrator for a role that has it; Settings lists who has which.',
    status: 403,
  },
  LW8003: {
    title: 'Not found',
    message: 'There is no {what} "{id}".',
    hint: 'Check the address; what was resolved or removed meanwhile is in the timeline.',
    status: 404,
  },
  LW8004: {
    title: 'Call not understood',
    message: '{where} is not valid: {reason}.',
    hint: 'The form of every call is in /api/openapi.json.',
    status: 400,
  },
  LW8005: {
    title: 'Too many calls',
    message: 'More than {limit} calls in {window} came from here.',
    hint: 'Wait {wait} and call again; Retry-After says how long.',
    status: 429,
  },
  LW8006: {
    title: 'Body too large',
    message: 'The body is larger than {limit} bytes.',
    hint: 'Send less, or in several calls.',
    status: 413,
  },
  LW8007: {
    title: 'Body of another kind',
    message: 'The body is {type}; this takes {allowed}.',
    hint: 'Send "Content-Type: application/json".',
    status: 415,
  },
  LW8008: {
    title: 'Server fault',
    message: 'The server failed on this call; its log has the details under {id}.',
    hint: 'Call again; if it stays, report it with that id.',
    status: 500,
  },
  LW8009: {
    title: 'Foreign call refused',
    message: 'The call writes with a session and does not carry its token against forgery.',
    hint: 'Reload the page; programs use an API token instead of a session.',
    status: 403,
  },
} as const satisfies Record<string, ProblemEntry>;
