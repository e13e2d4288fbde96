import { setTimeout } from 'node:timers/promises';
import { callbackFailure } from '@oss-callback/oss-callback';
import type { CallbackFaultProfile } from '../faults/fault-profiles.ts';
import type { CallbackMessage } from './callback-message.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { Delivery, DeliveryRules } from './deliver-callback.ts';

/** By how much a slow callback is in time, or not. */
const MARGIN_MS = 100;

/** What came of a callback that a fault struck. */
export interface FaultyDelivery {
  /** What the uploader hears of. */
  readonly delivery: Delivery;
  /** Another delivery of the same message, which it does not hear of. */
  readonly second?: Delivery;
  /** Still under way when the uploader has its answer. */
  readonly late?: Promise<Delivery>;
}

/** Delivers as {@link deliverCallback}, but for what the fault does to it. */
export async function deliverWithFault(
  profile: CallbackFaultProfile | undefined,
  message: CallbackMessage,
  rules: DeliveryRules,
): Promise<FaultyDelivery> {
  switch (profile) {
    case 'callback-slow':
      return { delivery: await deliverCallback(message, { ...rules, delayMs: rules.timeoutMs - MARGIN_MS }) };
    case 'callback-too-slow': {
      const late = setTimeout(rules.timeoutMs + MARGIN_MS).then(() => deliverCallback(message, rules));
      return { delivery: await timedOut(message, rules), late };
    }
    case 'callback-reset':
      return { delivery: await deliverCallback(message, { ...rules, breakOff: true }) };
    case 'callback-500':
      return { delivery: answeredBefore(500, {}) };
    case 'callback-301':
      return { delivery: answeredBefore(301, { location: message.url.text }) };
    case 'callback-twice': {
      const delivery = await deliverCallback(message, rules);
      return { delivery, second: await deliverCallback(message, rules) };
    }
    case 'callback-lost-answer': {
      const [delivery, lost] = await Promise.all([deliverCallback(message, rules), timedOut(message, rules)]);
      return { delivery: { ...lost, connectedTo: delivery.connectedTo } };
    }
    // How these are signed is done by the time they are delivered.
    case 'callback-wrong-key':
    case 'callback-stale-signature':
    case undefined:
      return { delivery: await deliverCallback(message, rules) };
  }
}

async function timedOut({ url }: CallbackMessage, { timeoutMs }: DeliveryRules): Promise<Delivery> {
  await setTimeout(timeoutMs);
  const failure = callbackFailure('timeout', { address: `${url.hostname}:${url.port}`, timeoutMs });
  return { connectedTo: undefined, reply: undefined, failure, cause: undefined };
}

function answeredBefore(status: number, headers: Readonly<Record<string, string>>): Delivery {
  const body = Buffer.from('<html></html>');
  const reply = { status, headers: { ...headers, 'content-length': String(body.length) }, body };
  return { connectedTo: undefined, reply, failure: undefined, cause: undefined };
}
