import { type CallbackFailure, callbackFailure } from './callback-failures.ts';
import { type HeaderValues, headerValue } from './header-value.ts';
import { isJson } from './is-json.ts';

/** 1 MB, the smaller of the two limits that the documentation names (the other is 3 MB). */
export const MAX_CALLBACK_REPLY_BYTES = 1_048_576;

/** What the callback server replied, its body not decoded in any way. */
export interface CallbackReply {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly body: Uint8Array;
}

/** A reply that OSS passes on to the uploader as the body of its 200. */
export interface AnsweredCallback {
  readonly outcome: 'answered';
  /** Byte for byte what the callback server sent. */
  readonly body: Buffer;
  /** `Content-Type` for the uploader. */
  readonly contentType: 'application/json' | 'application/xml';
}

/**
 * Judges the reply to a callback as OSS does: exactly 200, a decimal Content-Length of at most 1 MB that is the length of
 * the body, and JSON without a byte order mark, or XML where the reply declares `application/xml`.
 *
 * An empty body counts as invalid JSON, and XML is looked at only roughly (both assumed).
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function classifyCallbackReply(reply: CallbackReply): AnsweredCallback | CallbackFailure {
  if (reply.status !== 200) {
    return callbackFailure('status', { status: reply.status });
  }
  const contentLength = headerValue(reply.headers, 'content-length');
  if (contentLength === undefined) {
    return callbackFailure('content-length-missing');
  }
  if (!/^[0-9]+$/.test(contentLength)) {
    return callbackFailure('content-length-invalid');
  }
  if (Number(contentLength) > MAX_CALLBACK_REPLY_BYTES) {
    return callbackFailure('content-length-too-long');
  }
  if (Number(contentLength) !== reply.body.length) {
    return callbackFailure('content-length-invalid');
  }
  const isXml = /^application\/xml\s*(?:;|$)/i.test(headerValue(reply.headers, 'content-type') ?? '');
  const text = decodeUtf8(reply.body);
  if (text === undefined || !(isXml ? looksLikeXml(text) : isJson(text))) {
    return callbackFailure('not-json');
  }
  const contentType = isXml ? 'application/xml' : 'application/json';
  return { outcome: 'answered', body: Buffer.from(reply.body), contentType };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // The byte order mark stays in the text, where JSON.parse refuses it, as OSS does.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function looksLikeXml(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 2 && trimmed.startsWith('<') && trimmed.endsWith('>');
}
