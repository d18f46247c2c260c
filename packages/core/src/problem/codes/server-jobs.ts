import type { ProblemEntry } from '../registry.ts';

/** Problems of jobs, hooks and notifications: LW82xx. */
export const serverJobProblems = {
  LW8201: {
    title: 'Job in another state',
    message: 'The job is {state}: it can not be {what}.',
    hint: 'Jobs that wait or run can be cancelled; failed, dead and cancelled ones can be run again.',
    status: 409,
  },
  LW8202: {
    title: 'Workers lost',
    message: 'The job was begun {attempts} times and no worker came to its end.',
    hint: "Look at the workers' logs and memory, then run the job again under Sources.",
    status: 500,
  },
  LW8203: {
    title: 'Job out of time',
    message: 'The job ran longer than {minutes} minutes and was stopped.',
    hint: 'Scan less at once: name environments or sources in the schedule.',
    status: 504,
  },
  LW8204: {
    title: 'Job failed',
    message: 'The job failed ({reason}); the log of worker {worker} has the details.',
    hint: 'It is tried again by itself; if it stays, report it with that log.',
    status: 500,
  },
  LW8205: {
    title: 'Too many streams',
    message: 'More than {limit} streams of events are open on this server.',
    hint: 'Close pages that are not looked at, or start another server.',
    status: 503,
  },
  LW8206: {
    title: 'Signature not valid',
    message: 'The call of hook "{name}" is not signed with its secret.',
    hint: "Give the sender the secret that is in the hook's variable, and send the body as it was signed.",
    status: 401,
  },
  LW8207: {
    title: 'Hook without secret',
    message: 'Hook "{name}" takes nothing: the variable {variable} is not set.',
    hint: 'Set it for every process of the server, and the same secret at the sender.',
    status: 503,
  },
  LW8208: {
    title: 'Delivery too old',
    message: 'The delivery was made at {at}, which is not within an hour of now.',
    hint: 'Check the clocks of both sides; a delivery that failed is made anew by its sender.',
    status: 400,
  },
  LW8209: {
    title: 'Delivery not understood',
    message: 'The body of the delivery can not be read: {reason}.',
    hint: 'docs/server.md shows what each kind of hook is to send.',
    status: 400,
  },
  LW8210: {
    title: 'Internal address refused',
    message: 'The server does not call {host}: it has an address inside a network.',
    hint: 'If it is meant, name that host under allowInternal in server.yaml.',
    status: 403,
  },
  LW8211: {
    title: 'Host not known',
    message: 'The host {host} could not be looked up: {reason}.',
    hint: 'Check its name, and that this machine can resolve it.',
    status: 502,
  },
  LW8212: {
    title: 'Message not delivered',
    message: '{label} did not take the message: {reason}.',
    hint: 'Check the address and key in the variable of the channel, then send a test message under Settings.',
    status: 502,
  },
  LW8213: {
    title: 'Channel not set up',
    message: 'Channel "{name}" can send nothing: the variable {variable} is not set.',
    hint: 'Set it for every worker of the server.',
    status: 503,
  },
} as const satisfies Record<string, ProblemEntry>;
