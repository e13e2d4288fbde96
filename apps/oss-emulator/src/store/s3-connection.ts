import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

import { Client } from 'minio';

import { isXmlMember, parseS3Xml, textOf } from './s3-xml.ts';
import { StoreError } from './store-error.ts';

export interface S3Settings {
  /** `http://127.0.0.1:9000`, nothing behind the port. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** `us-east-1` unless given. */
  readonly region?: string;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Without it, the request is for the list of buckets. */
  readonly bucket?: string;
  readonly key?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}

/** What the server did, or the S3 error code it refused with, when that is one of those the caller expected. */
export type S3Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string };

const DEFAULT_REGION = 'us-east-1';
/** As in Node's own agents: below the idle limits of servers, so that none closes a connection as it is taken. */
const IDLE_CONNECTION_MS = 5_000;

/** The way to one S3 server. Requests are made by the `minio` client; failures become {@link StoreError} here. */
export class S3Connection {
  readonly client: Client;
  readonly region: string;
  readonly #endpoint: string;
  readonly #agent: http.Agent;

  /** @throws {StoreError} `setting-invalid` */
  constructor({ endpoint, accessKey, secretKey, region = DEFAULT_REGION }: S3Settings) {
    const url = parseEndpoint(endpoint);
    const useSSL = url.protocol === 'https:';
    this.#agent = new (useSSL ? https : http).Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });
    this.#endpoint = url.origin;
    this.region = region;
    this.client = new Client({
      endPoint: url.hostname.replaceAll(/^\[|\]$/g, ''),
      port: url.port === '' ? (useSSL ? 443 : 80) : Number(url.port),
      useSSL,
      accessKey,
      secretKey,
      region,
      transportAgent: this.#agent,
    });
  }

  /** @returns the answer, its body still to be read after GET, and gone otherwise */
  async request({
    method,
    bucket,
    key = '',
    query = '',
    headers = {},
    body,
  }: S3Request): Promise<http.IncomingMessage> {
    if (looksLikeMovingPath(key)) {
      throw new StoreError(
        's3-key-refused',
        `object ${bucket}/${key}: on an S3 server a key must not begin with "/" or have "." or ".." between slashes`,
      );
    }
    const options = { method, objectName: key, query, headers, ...(bucket !== undefined && { bucketName: bucket }) };
    // The client refuses names that no bucket has when it looks for the bucket's region, so it has to look.
    const region = bucket === undefined ? this.region : '';
    const answer = await this.client.makeRequestAsync(options, body ?? '', [200, 204, 206], region);
    if (method !== 'GET') {
      await refuseLateError(answer);
    }
    return answer;
  }

  /**
   * @param what names the thing that is worked on, for the message of an error
   * @param expectedCodes S3 error codes that are answers, not failures
   */
  async attempt<Value>(
    what: string,
    expectedCodes: readonly string[],
    work: () => Promise<Value>,
  ): Promise<S3Attempt<Value>> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      const code = codeOf(error);
      if (expectedCodes.includes(code)) {
        return { ok: false, code };
      }
      throw this.failure(what, error);
    }
  }

  /** @param what names the thing that was worked on */
  failure(what: string, error: unknown): StoreError {
    if (error instanceof StoreError) {
      return error;
    }
    const code = codeOf(error);
    const detail = `${code}: ${(error as Partial<Error>).message ?? ''}`;
    if (isConnectionFailure(code)) {
      return new StoreError('s3-unreachable', `S3 server ${this.#endpoint}: cannot be reached (${detail})`, {
        cause: error,
      });
    }
    const reason = KEY_REFUSED_CODES.includes(code) ? 's3-key-refused' : 's3-refused';
    return new StoreError(reason, `${what}: refused by the S3 server ${this.#endpoint} (${detail})`, { cause: error });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The server cannot hold an object of that name; so it does not hold one. The last two are MinIO's. */
const KEY_REFUSED_CODES: readonly string[] = [
  's3-key-refused',
  'KeyTooLongError',
  'URIError',
  'XMinioInvalidObjectName',
  'XMinioInvalidResourceName',
];

export const BUCKET_MISSING_CODES: readonly string[] = ['NoSuchBucket', 'InvalidBucketNameError'];
export const BUCKET_TAKEN_CODES: readonly string[] = ['BucketAlreadyExists', 'BucketAlreadyOwnedByYou'];
/** Of `If-None-Match: *`; the second when another such PUT is under way. */
export const OBJECT_EXISTS_CODES: readonly string[] = ['PreconditionFailed', 'ConditionalRequestConflict'];

/** `NotFound` is what the client makes of 404 without a body, as after HEAD. */
export const OBJECT_MISSING_CODES: readonly string[] = [
  'NoSuchKey',
  'NotFound',
  ...BUCKET_MISSING_CODES,
  ...KEY_REFUSED_CODES,
];

function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new StoreError('setting-invalid', `S3 endpoint ${endpoint}: must be a URL such as http://127.0.0.1:9000`);
  }
  return url;
}

/** Some servers clean such paths, and would take the key for another; MinIO does that with a leading slash. */
function looksLikeMovingPath(key: string): boolean {
  return key.startsWith('/') || key.split('/').some((part) => part === '.' || part === '..');
}

/** S3 answers a copy with 200 before it knows how that ends; the failure is then in the body. */
async function refuseLateError(answer: http.IncomingMessage): Promise<void> {
  const body = await text(answer);
  const error = body === '' ? undefined : parseS3Xml(body)['Error'];
  if (isXmlMember(error)) {
    throw new StoreError('s3-refused', `S3 server: failed after it had answered 200 (${textOf(error['Code'])})`);
  }
}

/** Of S3, of the system, or the name of the client's own error, as the client throws all of them. */
function codeOf(error: unknown): string {
  if (error instanceof StoreError) {
    return error.reason;
  }
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === 'string' && code !== '' ? code : String(name);
}

/** `ECONNREFUSED`, `ERR_TLS_CERT_ALTNAME_INVALID`; codes of S3 are written like `NoSuchKey`. */
function isConnectionFailure(code: string): boolean {
  return /^[A-Z\d_]+$/.test(code);
}
