import type { System } from './start-system.ts';

/** What `POST /uploads` of the callback server hands out; the tests use every way to carry the callback. */
export interface Grant {
  readonly id: string;
  readonly bucket: string;
  readonly objectKey: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly callback: {
    readonly param: string;
    readonly var: string;
    readonly headers: Readonly<Record<string, string>>;
    /** As the option `callback` of ali-oss. */
    readonly aliOss: {
      readonly url: string;
      readonly body: string;
      readonly contentType: string;
      readonly customValue: Record<string, string>;
    };
  };
}

export interface GrantWish {
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly variables?: Readonly<Record<string, string>>;
  readonly callbackBodyType?: 'application/json' | 'application/x-www-form-urlencoded';
}

export class CallbackServerError extends Error {
  override readonly name = 'CallbackServerError';
}

/** @throws {CallbackServerError} when there is no grant */
export async function requestGrant(
  { callbackServerUrl }: Pick<System, 'callbackServerUrl'>,
  wish: GrantWish,
): Promise<Grant> {
  const response = await fetch(`${callbackServerUrl}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
  if (response.status !== 201)
    throw new CallbackServerError(`POST /uploads: ${response.status} ${await response.text()}`);
  return (await response.json()) as Grant;
}

/** The callback server's record of an upload, as `GET /uploads/:id` shows it. */
export async function readUpload(
  { callbackServerUrl }: Pick<System, 'callbackServerUrl'>,
  id: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${callbackServerUrl}/uploads/${id}`);
  if (response.status !== 200)
    throw new CallbackServerError(`GET /uploads/${id}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}
