import { ALGORITHM } from '../v4/string-to-sign.ts';
import { findCause } from './find-cause.ts';
import { type MismatchCause, mismatchHints } from './mismatch-cause.ts';
import { readSignatureError } from './read-signature-error.ts';
import type { SignedTexts } from './signed-texts.ts';
import { compareCanonicalRequests, compareStringsToSign, type TextDifference } from './text-difference.ts';

/** What `explainSignatureMismatch` answers. */
export interface SignatureMismatchExplanation {
  readonly cause: MismatchCause;
  /** The header or parameter that the cause is about. */
  readonly name?: string | undefined;
  /** One English sentence for the developer. */
  readonly hint: string;
  /** The first line that differs; `undefined` when both sides signed the same text. */
  readonly difference?: TextDifference | undefined;
}

/**
 * Says in which line the texts that client and server signed differ first, and why that usually is. Needs no key and
 * compares no signature. For developers: what it answers holds parts of the request.
 *
 * @param client what the client signed, as `signRequest` or `presignUrl` of this package or the debug log of an SDK has it
 * @param server what the server signed: the body of OSS's answer `SignatureDoesNotMatch`, or the refusal of `verifyRequest`
 * @returns `undefined` when `server` is a text that is no such answer
 */
export function explainSignatureMismatch(
  client: SignedTexts,
  server: SignedTexts | string,
): SignatureMismatchExplanation | undefined {
  const received = typeof server === 'string' ? readSignatureError(server) : server;
  return received && explainTexts(client, received);
}

function explainTexts(client: SignedTexts, server: SignedTexts): SignatureMismatchExplanation {
  const version = server.stringToSign.startsWith(ALGORITHM) ? 'V4' : 'V1';
  const difference = compareStringsToSign(client.stringToSign, server.stringToSign, version);
  if (difference === undefined) {
    return { cause: 'same-text', hint: mismatchHints['same-text'] };
  }
  // The hash of the canonical request says that there is a difference, and the canonical request where.
  const isHash = difference.part === 'canonical-request-hash';
  const [clientCanonical, serverCanonical] = [client.canonicalRequest, server.canonicalRequest];
  const inCanonical =
    isHash && clientCanonical !== undefined && serverCanonical !== undefined
      ? compareCanonicalRequests(clientCanonical, serverCanonical)
      : undefined;
  return inCanonical === undefined
    ? explained(difference, client.stringToSign, server.stringToSign)
    : explained(inCanonical, clientCanonical ?? '', serverCanonical ?? '');
}

function explained(difference: TextDifference, client: string, server: string): SignatureMismatchExplanation {
  const { cause, name } = findCause(difference, client, server);
  return { cause, ...(name === undefined ? {} : { name }), hint: mismatchHints[cause], difference };
}
