import { callbackStringToSign } from '@oss-callback/oss-callback';
import type { AnsweredCallback, CallbackFailure, CallbackReply } from '@oss-callback/oss-callback';
import type { CallbackAttempt, CallbackAttemptReply, CallbackVerdict } from './callback-journal.ts';
import type { CallbackMessage } from './callback-message.ts';
import type { Delivery } from './deliver-callback.ts';

/** A reply may have 1 MB; the beginning shows what it is. */
const MAX_REPLY_CHARACTERS = 16 * 1024;

const SECRET_HEADER = /authorization|cookie|password|secret|token|api-?key/i;

/** What was sent to one URL, and what came of it. */
export interface DeliveredCallback {
  readonly message: CallbackMessage;
  readonly delivery: Delivery;
  readonly verdict: AnsweredCallback | CallbackFailure;
  readonly durationMs: number;
}

/** The same for the journal. Header values that may be secrets are not shown. */
export function createCallbackAttempt({ message, delivery, verdict, durationMs }: DeliveredCallback): CallbackAttempt {
  return {
    url: message.url.text,
    connectedTo: delivery.connectedTo,
    requestLine: `POST ${message.url.requestTarget} HTTP/1.1`,
    requestHeaders: message.headers.map(([name, value]) => [name, shownValue(name, value)] as const),
    stringToSign: callbackStringToSign(message.url.requestTarget, message.body).toString('utf8'),
    durationMs,
    reply: delivery.reply === undefined ? undefined : shownReply(delivery.reply),
    verdict: verdictOf(verdict),
    cause: delivery.cause,
  };
}

/** Without the reply's body. */
export function verdictOf(verdict: AnsweredCallback | CallbackFailure): CallbackVerdict {
  if (verdict.outcome === 'answered') return { outcome: 'answered' };
  const { outcome, reason, message, ec } = verdict;
  return { outcome, reason, message, ec };
}

function shownReply({ status, headers, body }: CallbackReply): CallbackAttemptReply {
  const shownHeaders = Object.entries(headers).map(([name, value]) => [name, shownValue(name, String(value))] as const);
  const text = Buffer.from(body).toString('utf8');
  return {
    status,
    headers: Object.fromEntries(shownHeaders),
    body: text.length > MAX_REPLY_CHARACTERS ? `${text.slice(0, MAX_REPLY_CHARACTERS)}…` : text,
  };
}

/** The callback's own `Authorization` is a public signature, everyone else's is not. */
function shownValue(name: string, value: string): string {
  return name !== 'Authorization' && SECRET_HEADER.test(name) ? '[redacted]' : value;
}
