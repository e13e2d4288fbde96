import { type AliOssCallback, type BuiltCallback, CallbackParamError, buildCallback } from '@oss-callback/oss-callback';
import { presignUrl } from '@oss-callback/oss-signing';
import { ApiException } from '../api/api.exception.ts';
import type { OssTarget } from '../oss/oss-target.ts';
import { callbackBodyTemplate } from './callback-body-template.ts';
import type { CreateUploadRequest } from './create-upload-request.ts';

/** Everything an uploader needs: a URL to PUT to with its headers, and the same callback for SDKs that sign themselves. */
export interface UploadGrant {
  readonly method: 'PUT';
  readonly url: string;
  /** Part of the signature: the request has to have exactly these. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: Date;
  readonly callback: GrantedCallback;
}

/** One callback, in the spellings of a header, a query parameter and the options of ali-oss. */
interface GrantedCallback {
  readonly param: string;
  /** Empty when there are no custom variables. */
  readonly var: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly aliOss: AliOssCallback;
}

export interface GrantInput {
  readonly request: CreateUploadRequest;
  readonly objectKey: string;
  readonly ticket: string;
  /** What OSS calls. */
  readonly callbackUrl: string;
  readonly now: Date;
  readonly expiresInSeconds: number;
}

/**
 * Signs an upload: method, key, content type, callback and expiry are all under the signature, so the uploader can
 * change none of them.
 *
 * @throws ApiException 400 when the callback outgrows OSS's limit of 5 KB; names the field
 */
export function grantUpload(target: OssTarget, input: GrantInput): UploadGrant {
  const { request, objectKey, now, expiresInSeconds } = input;
  const callback = buildGrantedCallback(input);
  const headers = {
    'content-type': request.contentType,
    // Keys are never used twice; this also stops the uploader from using the URL twice.
    'x-oss-forbid-overwrite': 'true',
  };
  const { url, expiresAt } = presignUrl({
    method: 'PUT',
    endpoint: target.endpoint,
    ...(target.addressing === undefined ? {} : { addressing: target.addressing }),
    bucket: target.bucket,
    key: objectKey,
    query: callback.query,
    headers,
    credentials: target.credentials,
    region: target.region,
    expiresIn: expiresInSeconds,
    now,
  });
  const granted = {
    param: callback.callback,
    var: callback.callbackVar ?? '',
    headers: callback.headers,
    aliOss: callback.aliOss(),
  };
  return { method: 'PUT', url, headers, expiresAt, callback: granted };
}

function buildGrantedCallback({ request, ticket, callbackUrl }: GrantInput): BuiltCallback {
  const { callbackBodyType, variables } = request;
  try {
    const body = callbackBodyTemplate(callbackBodyType, ticket, variables);
    // Whether OSS reaches the URL was decided at the start, together with the endpoint.
    return buildCallback({ url: callbackUrl, body, allowPrivateUrls: true });
  } catch (error) {
    // Only length can be wrong here with what a caller sent; anything else is a mistake of this server.
    if (error instanceof CallbackParamError && error.rule === 'callback-too-long') {
      const what = error.field === 'callback' ? 'too many or too long names' : 'too long';
      throw new ApiException('invalid-request', `variables: ${what}, OSS takes 5 KB of them`, { cause: error });
    }
    throw error;
  }
}
