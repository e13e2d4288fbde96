import type { CallbackBodyType } from './callback-body-type.ts';
import { type CallbackConfigError, callbackConfigError } from './callback-config-errors.ts';
import { MAX_CALLBACK_PARAM_BYTES, readConfigText, writeConfigText } from './callback-config-text.ts';
import { type DecodedCallback, checkCallbackFields } from './callback-fields.ts';
import { checkQuotedPlaceholders, checkUrlEncoding } from './callback-param-advice.ts';
import { CallbackParamError, refusedByOss } from './callback-param-error.ts';
import { splitCallbackUrls } from './callback-url.ts';

/**
 * The callback parameter: whom OSS calls after an upload, and with what.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export interface CallbackParam {
  /** One to five URLs, percent-encoded; a text may hold several, separated by semicolons. OSS stops at the first success. */
  readonly callbackUrl: string | readonly string[];
  /** Template of the request body: constants and `${…}` placeholders. */
  readonly callbackBody: string;
  /** `application/x-www-form-urlencoded` unless given. */
  readonly callbackBodyType?: CallbackBodyType;
  /** `Host` header of the callback; host and port of the URL unless given. */
  readonly callbackHost?: string;
  /** Whether OSS sends the TLS server name; `true` for `https://` URLs unless given (OSS's own default is `false`). */
  readonly callbackSNI?: boolean;
}

/** What `decodeCallbackParam` answers. */
export type CallbackParamDecoding =
  | { readonly ok: true; readonly callback: DecodedCallback | undefined }
  | { readonly ok: false; readonly error: CallbackConfigError };

const RULES = { tooLong: 'callback-too-long', notBase64: 'callback-not-base64', notJson: 'callback-not-json' } as const;

/**
 * Encodes the callback parameter for header `x-oss-callback`, query `callback` or form field `callback`: JSON, UTF-8,
 * Base64, at most 5120 characters.
 *
 * `https://` URLs get `callbackSNI: true` unless told otherwise: without SNI most https servers refuse the handshake.
 *
 * @throws {CallbackParamError} for what OSS would refuse or could not act on; names field and rule
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function encodeCallbackParam(param: CallbackParam): string {
  const urls = urlsOf(param.callbackUrl);
  checkUrlEncoding(urls);
  const callbackSNI = param.callbackSNI ?? (urls.some((url) => /^https:/i.test(url)) || undefined);
  const fields = {
    callbackUrl: urls.join(';'),
    callbackHost: param.callbackHost,
    callbackBody: param.callbackBody,
    callbackBodyType: param.callbackBodyType,
    callbackSNI,
  };
  const checked = checkCallbackFields(fields);
  if (!checked.ok) {
    throw refusedByOss(checked.field, checked.rule);
  }
  if (checked.callback?.bodyType === 'application/json') {
    checkQuotedPlaceholders(checked.callback.body);
  }
  const text = writeConfigText(fields);
  if (text.length > MAX_CALLBACK_PARAM_BYTES) {
    throw refusedByOss('callback', 'callback-too-long');
  }
  return text;
}

/**
 * Decodes a callback parameter as OSS does, with its checks in its order. `callback` is `undefined` when no URL is
 * configured: the upload then has no callback. Never throws.
 *
 * @see https://help.aliyun.com/document_detail/50092.html
 */
export function decodeCallbackParam(text: string): CallbackParamDecoding {
  if (text === '') {
    return { ok: true, callback: undefined };
  }
  const config = readConfigText(text, RULES);
  if (!config.ok) {
    return config;
  }
  const checked = checkCallbackFields(config.value);
  if (checked.ok) {
    return checked;
  }
  // Placeholder errors echo the template, all others the whole JSON.
  const isPlaceholder = checked.rule === 'placeholder-without-brace' || checked.rule === 'placeholder-unclosed';
  const argumentValue = isPlaceholder ? String(config.value['callbackBody']) : config.json;
  return { ok: false, error: callbackConfigError(checked.rule, argumentValue) };
}

function urlsOf(callbackUrl: unknown): readonly string[] {
  const urls: readonly unknown[] =
    typeof callbackUrl === 'string' ? splitCallbackUrls(callbackUrl) : [callbackUrl].flat();
  const texts = urls.filter((url) => typeof url === 'string' && url !== '');
  if (urls.length === 0 || texts.length !== urls.length) {
    throw new CallbackParamError('callbackUrl', 'url-missing', 'must be one to five non-empty URLs');
  }
  return texts as string[];
}
