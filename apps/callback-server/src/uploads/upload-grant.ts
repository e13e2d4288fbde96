import {
  type CallbackParam,
  CallbackParamError,
  encodeCallbackParam,
  encodeCallbackVar,
} from '@oss-callback/oss-callback';
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
  readonly aliOss: {
    readonly url: string;
    readonly body: string;
    readonly contentType: string;
    /** Names without `x:`, which ali-oss adds. */
    readonly customValue: Readonly<Record<string, string>>;
  };
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
  const callback = grantCallback(input);
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
    query: { callback: callback.param, ...(callback.var === '' ? {} : { 'callback-var': callback.var }) },
    headers,
    credentials: target.credentials,
    region: target.region,
    expiresIn: expiresInSeconds,
    now,
  });
  return { method: 'PUT', url, headers, expiresAt, callback };
}

function grantCallback({ request, ticket, callbackUrl }: GrantInput): GrantedCallback {
  const { callbackBodyType, variables } = request;
  const callbackBody = callbackBodyTemplate(callbackBodyType, ticket, Object.keys(variables));
  const prefixed = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`x:${name}`, value]));
  const param = encodeWithin('variables', 'too many or too long names', () => {
    const fields: CallbackParam = { callbackUrl, callbackBody, callbackBodyType };
    return encodeCallbackParam(fields);
  });
  const callbackVar =
    Object.keys(variables).length === 0 ? '' : encodeWithin('variables', 'too long', () => encodeCallbackVar(prefixed));
  return {
    param,
    var: callbackVar,
    headers: { 'x-oss-callback': param, ...(callbackVar === '' ? {} : { 'x-oss-callback-var': callbackVar }) },
    aliOss: { url: callbackUrl, body: callbackBody, contentType: callbackBodyType, customValue: variables },
  };
}

/** Only length can be wrong here with what a caller sent; anything else is a mistake of this server. */
function encodeWithin(field: string, rule: string, encode: () => string): string {
  try {
    return encode();
  } catch (error) {
    if (error instanceof CallbackParamError && error.rule.endsWith('-too-long')) {
      throw new ApiException('invalid-request', `${field}: ${rule}, OSS takes 5 KB of them`, { cause: error });
    }
    throw error;
  }
}
