import { createHmac } from 'node:crypto';
import { ProblemError, problem } from '@leeway/core';
import type { DeliveryRecord } from '@leeway/store';
import { type Posting, post } from '../outgoing/post.ts';
import { sendMail } from './mail.ts';
import { lineOf, type Message, type MessageItem, summaryOf } from './message.ts';
import type { ChannelSettings } from './settings.ts';

/** What a channel needs to send. */
export interface Sending {
  readonly name: string;
  readonly channel: ChannelSettings;
  readonly delivery: Pick<DeliveryRecord, 'id' | 'createdAt'>;
  readonly message: Message;
  readonly variable: (name: string) => string | undefined;
  readonly now: Date;
}

/**
 * Sends a message; a repeated one carries the same id, so that receivers tell it. Problems: LW8210 to LW8213. A `final` one
 * will not get better by trying again.
 */
export async function send(sending: Sending): Promise<void> {
  const { channel } = sending;
  if (channel.kind === 'email') return sendMail(sending, channel);
  for (const posting of postingsOf(sending)) {
    const status = await post(posting);
    if (status >= 200 && status < 300) continue;
    const found = problem('LW8212', { label: posting.label, reason: `it answered with status ${status}` });
    throw isFinal(status) ? new FinalError(found) : new ProblemError(found);
  }
}

/** A refusal that trying again does not change. */
export class FinalError extends ProblemError {}

function isFinal(status: number): boolean {
  return status >= 300 && status < 500 && status !== 408 && status !== 425 && status !== 429;
}

/** The value of a variable a channel names. */
export function requireVariable(name: string, variable: string, { variable: read }: Pick<Sending, 'variable'>): string {
  const value = read(variable);
  if (value === undefined || value === '') throw new ProblemError(problem('LW8213', { name, variable }));
  return value;
}

function postingsOf(sending: Sending): readonly Posting[] {
  const { name, channel, message } = sending;
  const common = { allowInternal: channel.allowInternal, label: `Channel "${name}"` };
  const body = (value: unknown) => ({ ...common, body: JSON.stringify(value) });
  switch (channel.kind) {
    case 'slack':
      return [{ ...body(slackBody(message)), url: requireVariable(name, channel.url, sending) }];
    case 'teams':
      return [{ ...body(teamsBody(message)), url: requireVariable(name, channel.url, sending) }];
    case 'webhook': {
      const key = requireVariable(name, channel.secret, sending);
      const text = JSON.stringify(cloudEvent(sending));
      const url = requireVariable(name, channel.url, sending);
      return [{ ...common, body: text, headers: signedHeaders(text, key, sending), url }];
    }
    case 'pagerduty': {
      const key = requireVariable(name, channel.key, sending);
      return message.items.map((item) => ({ ...body(pagerdutyBody(item, message, key)), url: channel.endpoint }));
    }
    case 'opsgenie': {
      const key = requireVariable(name, channel.key, sending);
      const headers = { authorization: `GenieKey ${key}` };
      return message.items.map((item) => ({
        ...body(opsgenieBody(item, message)),
        headers,
        url: opsgenieUrl(item, channel.endpoint),
      }));
    }
    case 'email':
      return [];
  }
}

/** Slack reads `&`, `<` and `>` as markup; a headline holds what somebody called a resource. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function slackBody(message: Message): unknown {
  const lines = message.items.map((item) => `• ${slackText(lineOf(item))}`);
  const rest = message.more > 0 ? [`… and ${message.more} more causes`] : [];
  // Plain text blocks hold 3000 characters.
  const text = [...lines, ...rest].join('\n').slice(0, 2900);
  return {
    text: slackText(summaryOf(message)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: summaryOf(message).slice(0, 150) } },
      ...(text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }]),
    ],
  };
}

/** An Adaptive Card reads Markdown; a backslash takes a character as it is. */
function cardText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~]/g, String.raw`\$&`);
}

function teamsBody(message: Message): unknown {
  const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
  const rest = message.more > 0 ? [block(`… and ${message.more} more causes`)] : [];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(cardText(summaryOf(message)), { weight: 'Bolder' }),
      ...message.items.map((item) => block(cardText(lineOf(item)))),
      ...rest,
    ],
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

function cloudEvent({ delivery, message }: Sending): unknown {
  return {
    specversion: '1.0',
    id: delivery.id,
    source: `/leeway/${encodeURIComponent(message.estate)}`,
    type: 'leeway.findings.moved',
    time: delivery.createdAt,
    datacontenttype: 'application/json',
    data: message,
  };
}

/** Signed as Standard Webhooks 1.0 says: over id, time and body, so that none of them can be put with another. */
function signedHeaders(body: string, key: string, { delivery, now }: Sending): Readonly<Record<string, string>> {
  const timestamp = `${Math.floor(now.getTime() / 1000)}`;
  const signature = createHmac('sha256', key).update(`${delivery.id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': delivery.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

const pagerdutySeverity = { critical: 'critical', high: 'error', medium: 'warning', low: 'info' } as const;

function pagerdutyBody(item: MessageItem, message: Message, key: string): unknown {
  return {
    routing_key: key,
    event_action: item.kind === 'resolved' ? 'resolve' : 'trigger',
    dedup_key: `leeway/${message.estate}/${item.cause}`,
    payload: {
      summary: item.headline.slice(0, 1024),
      source: item.environments.join(', ').slice(0, 255),
      severity: pagerdutySeverity[item.severity],
      custom_details: item,
    },
  };
}

const opsgeniePriority = { critical: 'P1', high: 'P2', medium: 'P3', low: 'P4' } as const;

function opsgenieBody(item: MessageItem, message: Message): unknown {
  if (item.kind === 'resolved') return { source: 'leeway', note: item.headline.slice(0, 1000) };
  return {
    message: item.headline.slice(0, 130),
    alias: aliasOf(item),
    description: item.headline.slice(0, 15_000),
    priority: opsgeniePriority[item.severity],
    source: 'leeway',
    tags: [message.estate, ...item.environments].slice(0, 20),
  };
}

function opsgenieUrl(item: MessageItem, endpoint: string): string {
  if (item.kind !== 'resolved') return endpoint;
  return `${endpoint}/${encodeURIComponent(aliasOf(item))}/close?identifierType=alias`;
}

function aliasOf({ cause }: MessageItem): string {
  return `leeway-${cause}`;
}
