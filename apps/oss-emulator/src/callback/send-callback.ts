import {
  callbackConfigError,
  callbackFailure,
  classifyCallbackReply,
  renderCallbackBody,
} from '@oss-callback/oss-callback';
import type {
  AnsweredCallback,
  CallbackFailure,
  CallbackFinding,
  CallbackUrl,
  CallbackValues,
} from '@oss-callback/oss-callback';
import type { CallbackFaultProfile } from '../faults/fault-profiles.ts';
import type { FaultSource } from '../faults/faults.ts';
import { OssError } from '../oss-error.ts';
import { createCallbackAttempt, verdictOf } from './callback-attempt.ts';
import type { DeliveredCallback } from './callback-attempt.ts';
import type { CallbackJournalEntry, WritableCallbackJournal } from './callback-journal.ts';
import { createCallbackMessage } from './callback-message.ts';
import type { CallbackMessage } from './callback-message.ts';
import { callbackConfigRefusal } from './callback-request.ts';
import type { RequestedCallback } from './callback-request.ts';
import { findCallbackRoute } from './callback-routes.ts';
import { isForbiddenTarget } from './callback-targets.ts';
import type { CallbackWarnings } from './callback-warnings.ts';
import type { Delivery, DeliveryRules } from './deliver-callback.ts';
import { deliverWithFault } from './deliver-with-fault.ts';
import { createUnpublishedKeySource } from './signing-key-pair.ts';
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
  readonly warnings: readonly CallbackFinding[];
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
  /** When nothing is under way any more that no uploader waits for. */
  settled(): Promise<void>;
}

export interface CallbackSenderOptions {
  readonly rules: DeliveryRules;
  readonly signingKey: SigningKeySource;
  /** Where the public key can be fetched; its Base64 is `x-oss-pub-key-url`. */
  readonly publicKeyUrl: () => string;
  readonly ownerId: string;
  readonly journal: WritableCallbackJournal<SentCallback>;
  readonly warnings: CallbackWarnings;
  readonly now: () => Date;
  readonly faults: FaultSource;
}

export function createCallbackSender(options: CallbackSenderOptions): CallbackSender {
  const { rules, journal } = options;
  const unpublishedKey = createUnpublishedKeySource();
  const stillUnderWay = new Set<Promise<unknown>>();
  let authorizationBefore: string | undefined;

  async function messageFor(
    url: CallbackUrl,
    { upload, body }: SentCallback,
    profile: CallbackFaultProfile | undefined,
  ): Promise<CallbackMessage> {
    const { privateKey } = await (profile === 'callback-wrong-key' ? unpublishedKey : options.signingKey).get();
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
    const staleAuthorization = authorizationBefore ?? STALE_WITHOUT_ONE_BEFORE;
    authorizationBefore = message.headers.find(([name]) => name === 'Authorization')?.[1];
    return profile === 'callback-stale-signature' ? withAuthorization(message, staleAuthorization) : message;
  }

  /** @returns what the uploader hears of; behind it, what else became of the same message */
  async function deliverTo(
    url: CallbackUrl,
    sent: SentCallback,
    profile: CallbackFaultProfile | undefined,
  ): Promise<[DeliveredCallback, ...DeliveredCallback[]]> {
    const message = await messageFor(url, sent, profile);
    const startedAt = performance.now();
    const { delivery, second, late } = await deliverWithFault(profile, message, rules);
    if (late !== undefined) keepUntilDone(late);
    const durationMs = Math.round(performance.now() - startedAt);
    const judged = (one: Delivery): DeliveredCallback => ({ message, delivery: one, verdict: judge(one), durationMs });
    return [judged(delivery), ...(second === undefined ? [] : [judged(second)])];
  }

  function keepUntilDone(delivery: Promise<unknown>): void {
    stillUnderWay.add(delivery);
    void delivery.finally(() => stillUnderWay.delete(delivery));
  }

  async function sendAndRecord(
    sent: SentCallback,
    more: { readonly fault?: CallbackFaultProfile; readonly replayOf?: string },
  ) {
    const at = options.now();
    const delivered: DeliveredCallback[] = [];
    let outcome: CallbackOutcome = { ...callbackFailure('connection-refused'), cause: 'no callback URL' };
    for (const url of sent.upload.requested.callback.urls) {
      // One after the other, as OSS tries them. Which failure is reported when all fail is assumed: the last one.
      // oxlint-disable-next-line no-await-in-loop
      const [heard, ...others] = await deliverTo(url, sent, more.fault);
      delivered.push(heard, ...others);
      const { verdict, delivery } = heard;
      outcome = verdict.outcome === 'answered' ? verdict : { ...verdict, cause: causeOf(delivery, more.fault) };
      if (outcome.outcome === 'answered') break;
    }
    const verdict = outcome;
    const entryId = journal.record({
      describe: () => ({
        at: at.toISOString(),
        ...journalFacts(sent),
        attempts: delivered.map(createCallbackAttempt),
        verdict: verdictOf(verdict),
        ...more,
      }),
      sizeBytes: keptBytes(sent, delivered),
      sent,
    });
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
      const { bucket, object: key } = upload.values;
      const fault = options.faults.takeCallbackFault({ operation: upload.operation, bucket, key });
      const sent = { upload, body, warnings: options.warnings.find(upload) };
      return (await sendAndRecord(sent, fault === undefined ? {} : { fault: fault.profile })).outcome;
    },
    async replay(id) {
      const sent = journal.findSent(id);
      return sent === undefined ? undefined : journal.find((await sendAndRecord(sent, { replayOf: id })).entryId);
    },
    async settled() {
      await Promise.all(stillUnderWay);
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

function judge({ reply, failure }: Delivery): AnsweredCallback | CallbackFailure {
  const judged = reply === undefined ? failure : classifyCallbackReply(reply);
  // A delivery has a reply or a failure; the last one is for the type checker.
  return judged ?? callbackFailure('reset');
}

function causeOf({ cause }: Delivery, profile: CallbackFaultProfile | undefined): string | undefined {
  return profile === undefined ? cause : `fault ${profile}${cause === undefined ? '' : `; ${cause}`}`;
}

/** A signature as long as ours, for a first callback, which has none before it. */
const STALE_WITHOUT_ONE_BEFORE = Buffer.alloc(256, 1).toString('base64');

function withAuthorization(message: CallbackMessage, authorization: string): CallbackMessage {
  const headers = message.headers.map(([name, value]): [string, string] => [
    name,
    name === 'Authorization' ? authorization : value,
  ]);
  return { ...message, headers };
}

function valuesOf({ values, requested }: StoredUpload): CallbackValues {
  return { ...values, variables: requested.variables };
}

/** What has no small limit of its own: the body that is sent, and a reply may have 1 MB. */
function keptBytes({ upload, body }: SentCallback, delivered: readonly DeliveredCallback[]): number {
  const { paramText, variables } = upload.requested;
  let sizeBytes = paramText.length + body.length;
  for (const [name, value] of variables) sizeBytes += name.length + value.length;
  for (const { delivery } of delivered) sizeBytes += delivery.reply?.body.length ?? 0;
  return sizeBytes;
}

function journalFacts({ upload, body, warnings }: SentCallback) {
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
    warnings,
  };
}
