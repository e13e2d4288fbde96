import { readErrorXml } from './error-xml.ts';
import { type HeaderValues, headerValue } from './header-value.ts';

/** An upload's response, as any SDK or HTTP client can supply it. */
export interface UploadResponse {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly body: Uint8Array | string;
}

/** Why an upload did not end with an answer of the callback server. */
export interface UploadFailure {
  /** OSS's error code; ours are `CallbackAnswerMissing` and `UnreadableResponse`. */
  readonly code: string;
  readonly message: string;
  /** OSS's fine-grained code, empty if the response has none. */
  readonly ec: string;
  readonly requestId: string;
  readonly status: number;
}

/** Stored is not notified: three outcomes, and only the first two left an object behind. */
export type UploadOutcome =
  | { readonly outcome: 'delivered'; readonly answer: unknown; readonly requestId: string }
  | ({ readonly outcome: 'stored-but-callback-failed' } & UploadFailure)
  | ({ readonly outcome: 'refused' } & UploadFailure);

/** The error XML is under a kilobyte; whatever a proxy put in its place is not searched to the end. */
const MAX_ERROR_BYTES = 65_536;

/**
 * Interprets the response to an upload that carried a callback.
 *
 * - 200 with JSON: the callback server's answer, `delivered`.
 * - 203: the object is stored, the callback failed. `fetch` calls that `ok`, and so do several SDKs.
 * - Any other 2xx, or a 200 without JSON: stored, but nobody answered (`CallbackAnswerMissing`); most likely the upload
 *   carried no callback.
 * - Everything else: `refused`, nothing is stored.
 *
 * Never throws.
 *
 * @see https://www.alibabacloud.com/help/en/oss/support/http-status-code-203
 */
export function interpretUploadResponse(response: UploadResponse): UploadOutcome {
  const { status } = response;
  const requestId = headerValue(response.headers, 'x-oss-request-id') ?? '';
  if (status === 200) {
    const answer = parseAnswer(response.body);
    if (answer !== undefined) {
      return { outcome: 'delivered', answer, requestId };
    }
  }
  if (status >= 200 && status <= 299 && status !== 203) {
    const message = 'The object is stored, but the response holds no JSON answer of a callback server.';
    return { outcome: 'stored-but-callback-failed', code: 'CallbackAnswerMissing', message, ec: '', requestId, status };
  }
  const outcome = status === 203 ? 'stored-but-callback-failed' : 'refused';
  return { outcome, ...readFailure(response, requestId) };
}

function readFailure(response: UploadResponse, requestId: string): UploadFailure {
  const { status } = response;
  const error = readErrorXml(textOf(response.body.slice(0, MAX_ERROR_BYTES)));
  const ec = error?.ec || (headerValue(response.headers, 'x-oss-ec') ?? '');
  if (error === undefined) {
    return {
      code: 'UnreadableResponse',
      message: `HTTP status ${status} without OSS's error XML.`,
      ec,
      requestId,
      status,
    };
  }
  return { code: error.code, message: error.message, ec, requestId: error.requestId || requestId, status };
}

function parseAnswer(body: Uint8Array | string): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
