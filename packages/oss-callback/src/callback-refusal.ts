import { createHash } from 'node:crypto';

import {
  type CallbackRefusal,
  type SignedCallback,
  callbackStringToSign,
  verifyCallbackSignature,
} from './callback-signature.ts';
import { OSS_CALLBACK_PUBLIC_KEYS } from './public-keys.ts';
import { type BodyCause, bodyGuesses } from './refusal-body-guesses.ts';
import type { RefusalGuess } from './refusal-guess.ts';
import { type TargetCause, type TargetHints, targetGuesses } from './refusal-target-guesses.ts';
import { readRsaPublicKey } from './rsa-public-key.ts';
import { type SignedDigest, openSignature } from './signed-digest.ts';

/** What would have made a callback verify. */
export interface RefusalCause {
  readonly cause: BodyCause | TargetCause | 'header' | 'wrong-key' | 'unknown-key' | 'wrong-hash' | 'unexplained';
  /** One English sentence for the developer. */
  readonly explanation: string;
}

/** What `explainCallbackRefusal` answers. `causes` is never empty; several together are one explanation. */
export type CallbackExplanation =
  | { readonly ok: true; readonly publicKeyUrl: string }
  | { readonly ok: false; readonly reason: CallbackRefusal; readonly causes: readonly RefusalCause[] };

/** Trusted keys as for `verifyCallbackSignature`, and what the receiver knows about its proxy. */
export interface RefusalHints extends TargetHints {
  readonly publicKeys?: ReadonlyMap<string, string>;
}

const MAX_KEYS = 16;
/** Stops the search, whatever the sizes of target and body. */
const MAX_HASHED_BYTES = 32 * 1024 * 1024;

const SENTENCES: Readonly<Record<Exclude<CallbackRefusal, 'signature-mismatch'>, string>> = {
  'missing-authorization': 'The request has no Authorization header: it is no callback, or a proxy removed the header.',
  'missing-public-key-url': 'The request has no x-oss-pub-key-url header: it is no callback, or a proxy removed it.',
  'malformed-public-key-url': 'The header x-oss-pub-key-url must be one canonical Base64 text.',
  'unknown-public-key-url': 'No key is pinned under exactly the URL in x-oss-pub-key-url.',
  'malformed-authorization':
    'The Authorization header must be one canonical Base64 text as long as the key, no scheme.',
};

/**
 * For development only: says what would have made a refused callback verify, such as a body that was parsed and written
 * again. The search opens the signature, tries a bounded number of guesses, and never trusts one: whatever it finds, the
 * request stays refused. Do not show its answer to a sender, and do not run it in production: it costs up to hundreds of
 * times what a verification costs. Never throws for anything a sender can send.
 *
 * @param hints.prefixes path prefixes that a proxy may have removed
 * @param hints.callbackTargets paths with queries that OSS was told to call; without them a lost query cannot be guessed
 * @throws {InvalidPublicKeyError} as `verifyCallbackSignature`
 */
export function explainCallbackRefusal(request: SignedCallback, hints: RefusalHints = {}): CallbackExplanation {
  const publicKeys = hints.publicKeys ?? OSS_CALLBACK_PUBLIC_KEYS;
  const verification = verifyCallbackSignature(request, { publicKeys });
  if (verification.ok) {
    return verification;
  }
  const { reason } = verification;
  const isSigned = reason === 'signature-mismatch' || reason === 'unknown-public-key-url';
  const signer = isSigned || reason === 'malformed-authorization' ? findSigner(request, publicKeys) : undefined;
  const causes: RefusalCause[] =
    reason === 'signature-mismatch' ? [] : [{ cause: 'header', explanation: SENTENCES[reason] }];
  if (signer === undefined) {
    const explanation = 'None of the known keys made this signature: another key did, or the signature was damaged.';
    return { ok: false, reason, causes: causes.length > 0 ? causes : [{ cause: 'unknown-key', explanation }] };
  }
  return {
    ok: false,
    reason,
    causes: [...causes, ...explainSigner(request, signer), ...search(request, signer, hints)],
  };
}

interface Signer extends SignedDigest {
  readonly publicKeyUrl: string;
}

function findSigner(request: SignedCallback, publicKeys: ReadonlyMap<string, string>): Signer | undefined {
  const [authorization = ''] = [request.authorization ?? ''].flat();
  const signature = Buffer.from(authorization.slice(0, 2048), 'base64');
  const named = decodeUrl(request);
  const keys = [...publicKeys].slice(0, MAX_KEYS).toSorted(([url]) => (url === named ? -1 : 0));
  for (const [publicKeyUrl, pem] of keys) {
    const key = readRsaPublicKey(pem);
    const opened = key && openSignature(key, signature);
    if (opened !== undefined) {
      return { ...opened, publicKeyUrl };
    }
  }
  return undefined;
}

function explainSigner(request: SignedCallback, signer: Signer): readonly RefusalCause[] {
  const causes: RefusalCause[] = [];
  if (signer.publicKeyUrl !== decodeUrl(request)) {
    const explanation = `The signature was made by the key pinned for ${signer.publicKeyUrl}, not by the one named.`;
    causes.push({ cause: 'wrong-key', explanation });
  }
  if (signer.hash !== 'md5') {
    causes.push({ cause: 'wrong-hash', explanation: `The signer hashed with ${signer.hash}; OSS hashes with MD5.` });
  }
  return causes;
}

/** First what is there, then each single change, then each pair of a change to the target and one to the body. */
function search(request: SignedCallback, signer: Signer, hints: TargetHints): readonly RefusalCause[] {
  const target = callbackStringToSign(request.requestTarget, new Uint8Array());
  const same = { explanation: '', value: target.subarray(0, -1) };
  const targets = targetGuesses(request.requestTarget, hints);
  const bodies = bodyGuesses(request.body.length > MAX_HASHED_BYTES / 64 ? new Uint8Array() : request.body);
  const sameBody = { explanation: '', value: Buffer.from(request.body) };
  const isSigned = hasher(signer);
  if (isSigned(same.value, sameBody.value)) {
    return [];
  }
  const oneTarget = targets.find(({ value }) => isSigned(value, sameBody.value));
  const oneBody = oneTarget ? undefined : bodies.find(({ value }) => isSigned(same.value, value));
  if (oneTarget !== undefined || oneBody !== undefined) {
    return [oneTarget, oneBody].filter((each) => each !== undefined).map(toCause);
  }
  for (const changedTarget of targets) {
    const changedBody = bodies.find(({ value }) => isSigned(changedTarget.value, value));
    if (changedBody !== undefined) {
      return [toCause(changedTarget), toCause(changedBody)];
    }
  }
  const explanation =
    'A known key signed another target or body, and no usual change leads there: compare both with what OSS sent.';
  return [{ cause: 'unexplained', explanation }];
}

function hasher({ hash, digest }: SignedDigest): (target: Buffer, body: Buffer) => boolean {
  let hashedBytes = 0;
  return (target, body) => {
    hashedBytes += target.length + body.length;
    return (
      hashedBytes <= MAX_HASHED_BYTES &&
      createHash(hash).update(target).update('\n').update(body).digest().equals(digest)
    );
  };
}

function toCause({ cause, explanation }: RefusalGuess<BodyCause | TargetCause>): RefusalCause {
  return { cause, explanation };
}

function decodeUrl(request: SignedCallback): string {
  const [text = ''] = [request.publicKeyUrl ?? ''].flat();
  return Buffer.from(text.slice(0, 1024), 'base64').toString('latin1');
}
