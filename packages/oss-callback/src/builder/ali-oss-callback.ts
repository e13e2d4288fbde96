import { CallbackParamError } from '../callback-param-error.ts';

/** The `callback` option of ali-oss's `put`, `multipartUpload` and `signatureUrl`. */
export interface AliOssCallback {
  readonly url: string;
  readonly host?: string;
  readonly body: string;
  readonly contentType: string;
  readonly callbackSNI?: boolean;
  /** Names without `x:`, which ali-oss adds. */
  readonly customValue?: Readonly<Record<string, string>>;
}

interface Members {
  readonly callbackUrl: string;
  readonly callbackHost?: string;
  readonly callbackBody: string;
  readonly callbackBodyType: string;
  readonly callbackSNI?: boolean;
}

/**
 * Undoes what ali-oss does: it passes the URL through `encodeURI`, which encodes percent signs again, and puts `x:` before
 * the names of custom variables.
 *
 * @throws {CallbackParamError} `url-not-for-ali-oss`
 * @see https://github.com/ali-sdk/ali-oss/blob/master/lib/common/callback.js
 */
export function aliOssCallback(members: Members, variables: ReadonlyMap<string, string>): AliOssCallback {
  const { callbackUrl, callbackHost: host, callbackBody: body, callbackBodyType: contentType, callbackSNI } = members;
  const customValue = Object.fromEntries(Array.from(variables, ([name, value]) => [name.slice('x:'.length), value]));
  return {
    url: urlForAliOss(callbackUrl),
    ...(host === undefined ? {} : { host }),
    body,
    contentType,
    ...(callbackSNI === undefined ? {} : { callbackSNI }),
    ...(variables.size === 0 ? {} : { customValue }),
  };
}

function urlForAliOss(url: string): string {
  let decoded = '';
  try {
    decoded = decodeURI(url);
  } catch {
    // Escapes of something other than UTF-8: ali-oss cannot carry these.
  }
  if (encodeURI(decoded) !== url) {
    throw new CallbackParamError(
      'callbackUrl',
      'url-not-for-ali-oss',
      'ali-oss would percent-encode this URL again; give it the header x-oss-callback instead of the option',
    );
  }
  return decoded;
}
