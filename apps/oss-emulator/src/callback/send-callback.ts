import {
  callbackConfigError,
  callbackFailure,
  classifyCallbackReply,
  renderCallbackBody,
} from '@oss-callback/oss-callback';
import type { AnsweredCallback, CallbackFailure, CallbackUrl, CallbackValues } from '@oss-callback/oss-callback';
import { OssError } from '../oss-error.ts';
import { createCallbackAttempt } from './callback-attempt.ts';
import type { CallbackAttempt, CallbackJournalEntry, WritableCallbackJournal } from './callback-journal.ts';
import { createCallbackMessage } from './callback-message.ts';
import { callbackConfigRefusal } from './callback-request.ts';
import type { RequestedCallback } from './callback-request.ts';
import { findCallbackRoute } from './callback-routes.ts';
import { isForbiddenTarget } from './callback-targets.ts';
import { deliverCallback } from './deliver-callback.ts';
import type { DeliveryRules } from './deliver-callback.ts';
import type { SigningKeySource } from './signing-key-pair.ts';

/** The stored object, the callback that its upload asked for, and who uploaded it. */
export interface StoredUpload {
  readonly requested: RequestedCallback;
  readonly values: CallbackValues;
  readonly operation: string;
  readonly requestId: string;
  /** Empty for an anonymous upload. */
  readonly requesterId: string;
}

/** A rendered callback, kept so that it can be sent again. */
export interface SentCallback {
  readonly upload: StoredUpload;
  readonly body: Buffer;
}

export type CallbackOutcome = AnsweredCallback | FailedCallback;

/** With what there is to say in the log, and only there. */
export type FailedCallback = CallbackFailure & { readonly cause: unknown };

export interface CallbackSender {
  /** @throws {OssError} `InvalidArgument` for a target that OSS refuses before it stores the object */
  checkTargets(requested: RequestedCallback): Promise<void>;
  /** Renders, signs and sends; the URLs in turn, until one answers as it should. Never rejects for what a receiver does. */
  send(upload: StoredUpload): Promise<CallbackOutcome>;
  /** Sends a journal entry's body again, freshly signed. `undefined` when the journal has no such entry. */
  replay(id: string): Promise<CallbackJournalEntry | undefined>;
}

export interface CallbackSenderOptions {
  readonly rules: DeliveryRules;
  readonly signingKey: SigningKeySource;
  /** Where the public key can be fetched; its Base64 is `x-oss-pub-key-url`. */
  readonly publicKeyUrl: () => string;
  readonly ownerId: string;
  readonly journal: WritableCallbackJournal<SentCallback>;
  readonly now: () => Date;
}

export function createCallbackSender(options: CallbackSenderOptions): CallbackSender {
  const { rules, journal } = options;

  async function deliverTo(
    url: CallbackUrl,
    { upload, body }: SentCallback,
  ): Promise<[CallbackOutcome, CallbackAttempt]> {
    const { privateKey } = await options.signingKey.get();
    const message = await createCallbackMessage({
      callback: upload.requested.callback,
      url,
      body,
      bucket: upload.values.bucket,
      ownerId: options.ownerId,
      requesterId: upload.requesterId,
      requestId: upload.requestId,
      privateKey,
      publicKeyUrl: options.publicKeyUrl(),
      now: options.now(),
    });
    const startedAt = performance.now();
    const delivery = await deliverCallback(message, rules);
    const judged = delivery.reply === undefined ? delivery.failure : classifyCallbackReply(delivery.reply);
    // A delivery has a reply or a failure; the last row is for the type checker.
    const verdict = judged ?? callbackFailure('reset');
    const outcome = verdict.outcome === 'answered' ? verdict : { ...verdict, cause: delivery.cause };
    const durationMs = Math.round(performance.now() - startedAt);
    return [outcome, createCallbackAttempt({ message, delivery, verdict, durationMs })];
  }

  async function sendAndRecord(sent: SentCallback, replayOf?: string) {
    const at = options.now().toISOString();
    const attempts: CallbackAttempt[] = [];
    let outcome: CallbackOutcome = { ...callbackFailure('connection-refused'), cause: 'no callback URL' };
    for (const url of sent.upload.requested.callback.urls) {
      // One after the other, as OSS tries them. Which failure is reported when all fail is assumed: the last one.
      // oxlint-disable-next-line no-await-in-loop
      const [result, attempt] = await deliverTo(url, sent);
      outcome = result;
      attempts.push(attempt);
      if (result.outcome === 'answered') break;
    }
    const entryId = journal.record(
      { at, ...journalFacts(sent, attempts), ...(replayOf === undefined ? {} : { replayOf }) },
      sent,
    );
    return { outcome, entryId };
  }

  return {
    async checkTargets({ callback }) {
      const hosts = callback.urls.filter((url) => findCallbackRoute(rules.routes, url) === undefined);
      const forbidden = await Promise.all(hosts.map(({ hostname }) => isForbiddenTarget(hostname, rules.targets)));
      const at = forbidden.indexOf(true);
      if (at >= 0) throw callbackConfigRefusal(callbackConfigError('private-address', hosts[at]?.text ?? ''));
    },
    async send(upload) {
      const body = Buffer.from(renderCallbackBody(upload.requested.callback, valuesOf(upload)), 'utf8');
      return (await sendAndRecord({ upload, body })).outcome;
    },
    async replay(id) {
      const sent = journal.findSent(id);
      return sent === undefined ? undefined : journal.find((await sendAndRecord(sent, id)).entryId);
    },
  };
}

/** The uploader's answer to a failed callback: the object is stored, so its headers are there all the same. */
export function callbackFailedError(
  { message, ec, cause }: FailedCallback,
  headers: Readonly<Record<string, string | undefined>>,
): OssError {
  return new OssError('CallbackFailed', {}, { message, ec: ec === '' ? undefined : ec, headers, cause });
}

function valuesOf({ values, requested }: StoredUpload): CallbackValues {
  return { ...values, variables: requested.variables };
}

function journalFacts({ upload, body }: SentCallback, attempts: readonly CallbackAttempt[]) {
  const { callback, variables } = upload.requested;
  return {
    requestId: upload.requestId,
    operation: upload.operation,
    bucket: upload.values.bucket,
    key: upload.values.object,
    callback: {
      urls: callback.urls.map(({ text }) => text),
      host: callback.host,
      body: callback.body,
      bodyType: callback.bodyType,
      sni: callback.sni,
      variables: Object.fromEntries(variables),
    },
    renderedBody: body.toString('utf8'),
    attempts,
    verdict: attempts.at(-1)?.verdict ?? callbackFailure('connection-refused'),
  };
}
