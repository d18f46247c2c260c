import { isIP } from 'node:net';
import { ProblemError, problem } from '@leeway/core';
import { createTransport } from 'nodemailer';
import { checkedAddress } from '../outgoing/addresses.ts';
import { requireVariable, type Sending } from './channels.ts';
import { lineOf, type Message, summaryOf } from './message.ts';
import type { ChannelSettings } from './settings.ts';

type MailChannel = Extract<ChannelSettings, { kind: 'email' }>;

const patience = 15_000;

/** Sends a message as plain text. The connection goes to the address that was checked; the name is what TLS verifies. */
export async function sendMail(sending: Sending, channel: MailChannel): Promise<void> {
  const { name, message, delivery } = sending;
  const label = `Channel "${name}"`;
  const server = readServer(requireVariable(name, channel.server, sending), label);
  const host = await checkedAddress(server.hostname, channel.allowInternal);
  const transport = createTransport({
    host,
    port: server.port === '' ? defaultPort(server) : Number(server.port),
    secure: server.protocol === 'smtps:',
    tls: { ...(isIP(server.hostname) === 0 && { servername: server.hostname }) },
    ...(server.username !== '' && {
      auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
      requireTLS: true,
    }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: channel.from,
      to: [...channel.to],
      subject: `[leeway] ${summaryOf(message)}`,
      text: mailText(message),
      // A message that is sent twice has one id: mail programs show it once.
      messageId: `<${delivery.id}@leeway>`,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'it could not be sent';
    throw new ProblemError(problem('LW8212', { label, reason: code }));
  } finally {
    transport.close();
  }
}

function readServer(address: string, label: string): URL {
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed && (parsed.protocol === 'smtp:' || parsed.protocol === 'smtps:')) return parsed;
  throw new ProblemError(problem('LW8212', { label, reason: 'its mail server is no smtp or smtps URL' }));
}

function defaultPort({ protocol }: URL): number {
  return protocol === 'smtps:' ? 465 : 587;
}

function mailText(message: Message): string {
  const rest = message.more > 0 ? [`… and ${message.more} more causes`] : [];
  return [summaryOf(message), '', ...message.items.map(lineOf), ...rest, ''].join('\n');
}
