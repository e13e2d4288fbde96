import { objectUrl, signRequest } from '@oss-callback/oss-signing';
import type { System } from './start-system.ts';

export interface OssRequest {
  readonly method: string;
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
}

export class OssRequestError extends Error {
  override readonly name = 'OssRequestError';
}

/**
 * One V4-signed request to the system's bucket or to an object in it.
 * @throws {OssRequestError} for any status but 2xx
 */
export async function ossRequest(
  { emulatorUrl, credentials, region, bucket }: Pick<System, 'emulatorUrl' | 'credentials' | 'region' | 'bucket'>,
  { body, ...request }: OssRequest,
): Promise<Response> {
  const signed = signRequest({ bucket, ...request }, { credentials, region, now: new Date() });
  const url = objectUrl({ endpoint: emulatorUrl, addressing: 'path', bucket, ...request });
  const response = await fetch(url, {
    method: request.method,
    headers: signed.headers,
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) {
    throw new OssRequestError(
      `${request.method} ${request.key ?? bucket}: ${response.status} ${await response.text()}`,
    );
  }
  return response;
}
