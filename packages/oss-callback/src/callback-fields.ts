import { readAdditionalHeaders } from './additional-headers.ts';
import { type CallbackBodyType, isCallbackBodyType } from './callback-body-type.ts';
import type { CallbackConfigRule } from './callback-config-errors.ts';
import { findTemplateFault } from './callback-template.ts';
import { type CallbackUrl, MAX_CALLBACK_URLS, parseCallbackUrl, splitCallbackUrls } from './callback-url.ts';

/** A callback parameter that OSS would act on. */
export interface DecodedCallback {
  /** In the order in which they are tried. */
  readonly urls: readonly CallbackUrl[];
  readonly body: string;
  readonly bodyType: CallbackBodyType;
  /** `callbackHost`; without it each URL's own `host` is the `Host` header. */
  readonly host?: string;
  /** Whether the TLS client sends SNI; OSS's default is `false`. */
  readonly sni: boolean;
  readonly signatureVersion?: string;
  readonly additionalHeaders: Readonly<Record<string, string>>;
}

export type CheckedFields =
  | { readonly ok: true; readonly callback: DecodedCallback | undefined }
  | { readonly ok: false; readonly field: string; readonly rule: CallbackConfigRule };

type Fields = Readonly<Record<string, unknown>>;

/** Documented as domain or IP address; a port is let through, as in a `Host` header. */
const CALLBACK_HOST = /^(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$/;

/** `2.0` is known by name only, from the error page of `signatureVersion`. */
const SIGNATURE_VERSIONS: readonly unknown[] = ['1.0', '2.0'];

/**
 * The checks that OSS makes on the members of the callback JSON, in the order of its error codes. Encoder and decoder
 * share them, so what the encoder lets out the decoder takes in. Members nobody knows are ignored.
 */
export function checkCallbackFields(fields: Fields): CheckedFields {
  const callbackUrl = fields['callbackUrl'] ?? '';
  if (callbackUrl === '') {
    // "If you leave this field empty, callback is not configured": https://www.alibabacloud.com/help/en/oss/support/0007-00000004
    return { ok: true, callback: undefined };
  }
  if (typeof callbackUrl !== 'string') {
    return { ok: false, field: 'callbackUrl', rule: 'url-invalid' };
  }
  const urls = splitCallbackUrls(callbackUrl).map(parseCallbackUrl);
  if (urls.length === 0 || !urls.every((url) => url !== undefined)) {
    return { ok: false, field: 'callbackUrl', rule: 'url-invalid' };
  }
  if (urls.length > MAX_CALLBACK_URLS) {
    return { ok: false, field: 'callbackUrl', rule: 'too-many-urls' };
  }
  return checkRequestFields(fields, urls);
}

function checkRequestFields(fields: Fields, urls: readonly CallbackUrl[]): CheckedFields {
  const host = fields['callbackHost'] ?? '';
  if (typeof host !== 'string' || (host !== '' && !CALLBACK_HOST.test(host))) {
    return { ok: false, field: 'callbackHost', rule: 'host-invalid' };
  }
  const body = fields['callbackBody'] ?? '';
  if (typeof body !== 'string') {
    return { ok: false, field: 'callbackBody', rule: 'body-not-string' };
  }
  if (body === '') {
    return { ok: false, field: 'callbackBody', rule: 'body-empty' };
  }
  const bodyType = fields['callbackBodyType'] ?? 'application/x-www-form-urlencoded';
  if (typeof bodyType !== 'string') {
    return { ok: false, field: 'callbackBodyType', rule: 'body-type-not-string' };
  }
  if (!isCallbackBodyType(bodyType)) {
    return { ok: false, field: 'callbackBodyType', rule: 'body-type-unsupported' };
  }
  const options = checkOptionFields(fields);
  if (!options.ok) {
    return options;
  }
  const rule = findTemplateFault(body);
  if (rule !== undefined) {
    return { ok: false, field: 'callbackBody', rule };
  }
  return { ok: true, callback: { urls, body, bodyType, ...(host === '' ? {} : { host }), ...options.values } };
}

type OptionFields =
  | { readonly ok: true; readonly values: Pick<DecodedCallback, 'sni' | 'signatureVersion' | 'additionalHeaders'> }
  | Extract<CheckedFields, { ok: false }>;

function checkOptionFields(fields: Fields): OptionFields {
  const { callbackSNI: sni = false, signatureVersion, additionalHeaders = {} } = fields;
  if (typeof sni !== 'boolean') {
    // Android's SDK can only send strings: https://help.aliyun.com/zh/oss/the-callback-sni-is-invalid
    return { ok: false, field: 'callbackSNI', rule: 'sni-not-boolean' };
  }
  if (signatureVersion !== undefined && !SIGNATURE_VERSIONS.includes(signatureVersion)) {
    return { ok: false, field: 'signatureVersion', rule: 'signature-version-invalid' };
  }
  const checked = readAdditionalHeaders(additionalHeaders);
  if (!checked.ok) {
    return { ok: false, field: 'additionalHeaders', rule: checked.rule };
  }
  const version = typeof signatureVersion === 'string' ? { signatureVersion } : {};
  return { ok: true, values: { sni, ...version, additionalHeaders: checked.headers } };
}
