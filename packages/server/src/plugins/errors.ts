import { type Problem, ProblemError, problem, problemRegistry } from '@leeway/core';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

/** Several problems at once, answered as one document. */
export class ProblemsError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'no problem given');
    this.name = 'ProblemsError';
    this.problems = problems;
  }
}

/** Every failure leaves as RFC 9457 problem details with a code of the one registry; bugs are logged and keep their text inside. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    sendProblems(problemsOf(error, request), request, reply),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblems(
      [problem('LW8003', { what: 'address', id: `${request.method} ${request.url.split('?')[0]}` })],
      request,
      reply,
    ),
  );
}

function problemsOf(error: FastifyError, request: FastifyRequest): readonly Problem[] {
  if (error instanceof ProblemError) return [error.problem];
  if (error instanceof ProblemsError) return error.problems;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return error.validation.map(({ instancePath, message }) =>
      problem('LW8004', {
        where: `${error.validationContext ?? 'input'}${instancePath}`,
        reason: message ?? 'not as declared',
      }),
    );
  }
  const known = fastifyProblem(error);
  if (known) return [known];
  request.log.error({ err: error }, 'a call failed');
  return [problem('LW8008', { id: request.id })];
}

/** What Fastify itself refuses. */
function fastifyProblem({ code, statusCode, message }: FastifyError): Problem | undefined {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('LW8006', { limit: bodyLimit });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return problem('LW8007', { type: 'of another kind', allowed: 'application/json' });
  if (statusCode === 429)
    return problem('LW8005', { limit: 'the allowed number of', window: 'a minute', wait: 'a moment' });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return problem('LW8004', { where: 'The call', reason: message.replace(/\.$/, '') });
  }
  return undefined;
}

/** Bytes of a body, at most. */
export const bodyLimit = 2 ** 20;

function sendProblems(problems: readonly Problem[], request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const first = problems[0] ?? problem('LW8008', { id: request.id });
  const { title, status } = problemRegistry[first.code];
  const document = {
    type: `https://leeway.invalid/errors/${first.code}`,
    title,
    status,
    detail: first.message,
    code: first.code,
    hint: first.hint,
    instance: request.id,
    ...(problems.length > 1 && { problems }),
  };
  // As bytes: the serializer of the route knows only its success.
  return reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(Buffer.from(JSON.stringify(document)));
}
