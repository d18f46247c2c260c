import { isJsonObject, type Json, type Problem, problem } from '@leeway/core';
import { itemsAt, textAt } from '../../shared/cloud/shape.ts';
import { parseXml } from './xml.ts';

/** An error as AWS words it: its code says what it is, whatever the status. */
export interface AwsFault {
  readonly code: string;
  readonly message: string;
}

/** What an answer of status 400 and above says, in any of the four protocols. */
export function readFault(body: string, headers: Headers): AwsFault {
  const named = headers.get('x-amzn-errortype') ?? '';
  const value = body.trimStart().startsWith('<') ? parseXml(body)?.value : parseJson(body);
  const [error = value] = [...itemsAt(value, 'Errors.Error'), ...itemsAt(value, 'Error')];
  const code = textAt(error, 'Code') ?? textAt(error, '__type') ?? named;
  const message = textAt(error, 'Message') ?? textAt(error, 'message') ?? '';
  // "com.amazonaws.kms#AccessDeniedException:http://…" is AccessDeniedException.
  return { code: code.replace(/^.*#/, '').replace(/:.*$/, ''), message };
}

function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html and each service's own common errors. */
const throttled =
  /^(?:Throttl|RequestThrottled|RequestLimitExceeded|TooManyRequests|SlowDown|PriorRequestNotComplete|ProvisionedThroughputExceeded)/;
const denied = /^(?:AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|AccessDeniedException)/;
const unknownKey =
  /^(?:InvalidClientTokenId|UnrecognizedClient|ExpiredToken|InvalidToken|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|IncompleteSignature|MissingAuthenticationToken|RequestExpired)/;

export const isThrottled = ({ code }: AwsFault): boolean => throttled.test(code);

/** The problem an error is for people. AWS names the action it denied; `permission` is the one that was asked for. */
export function problemOf(
  { code, message }: AwsFault,
  asked: Readonly<Record<'system' | 'what' | 'permission', string>>,
  status: number,
): Problem {
  const { system, what, permission } = asked;
  if (throttled.test(code)) return problem('LW3004', { system, what });
  if (unknownKey.test(code)) return problem('LW3002', { system });
  if (denied.test(code)) {
    const [, named = permission] = /not authorized to perform: ([\w-]+:\w+)/.exec(message) ?? [];
    return problem('LW3003', { system, what, permission: named });
  }
  const reason = /^[\w.]{1,80}$/.test(code) ? `${what} (${code})` : what;
  return problem('LW3007', { system, what: reason, status });
}
