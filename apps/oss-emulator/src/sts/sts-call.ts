import { isAcs3Authorization } from '@oss-callback/oss-signing';
import type { RequestBody } from '../http/request-body.ts';
import { readSmallBody } from '../http/request-body.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import { StsError } from './sts-error.ts';

/** One request to STS, as the server hands it over. */
export interface StsRequest {
  readonly method: string;
  readonly hostName: string;
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
  readonly headers: RequestHeaders;
  readonly body: RequestBody;
  readonly receivedAt: Date;
}

/** The same, read: parameters of query and form together, as the signature covers them. */
export interface StsCall {
  readonly method: string;
  /** `undefined` when there is none; V3 has it in a header. */
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly headers: RequestHeaders;
  readonly query: ReadonlyArray<readonly [name: string, value: string]>;
  readonly parameters: ReadonlyArray<readonly [name: string, value: string]>;
  /** First value of a parameter; `undefined` when it is absent or empty. */
  parameter(name: string): string | undefined;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** STS takes up to 10 MB; what it can mean fits into far less. */
const MAX_BODY_BYTES = 64 * 1024;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** @throws {StsError} `RequestBodyTooLarge` */
export async function readStsCall({ method, query, headers, body, receivedAt }: StsRequest): Promise<StsCall> {
  const bytes = await readBody(body);
  const form = FORM.test(headers['content-type'] ?? '') ? [...new URLSearchParams(bytes.toString('utf8'))] : [];
  const parameters = [...query, ...form];
  const first = new Map(parameters.toReversed());
  const parameter = (name: string): string | undefined => first.get(name) || undefined;
  const isAcs3 = isAcs3Authorization(headers['authorization']);
  return {
    method,
    // A header that no signature covers must not say what is done.
    action: isAcs3 ? headers['x-acs-action'] : parameter('Action'),
    version: isAcs3 ? headers['x-acs-version'] : parameter('Version'),
    headers,
    query,
    parameters,
    parameter,
    body: bytes,
    receivedAt,
  };
}

async function readBody(body: RequestBody): Promise<Buffer> {
  if ((body.declaredSizeBytes ?? 0) === 0 && !body.chunked) return Buffer.alloc(0);
  try {
    return await readSmallBody(body, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EntityTooLarge') {
      throw new StsError('RequestBodyTooLarge');
    }
    throw error;
  }
}
