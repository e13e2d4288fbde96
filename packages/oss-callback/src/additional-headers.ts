import type { CallbackConfigRule } from './callback-config-errors.ts';

const MAX_ADDITIONAL_HEADERS = 10;

export type AdditionalHeaders =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly rule: CallbackConfigRule };

/**
 * Checks `additionalHeaders`, a member that only OSS's error pages describe: extra request headers for the callback.
 * A value that is no string is assumed to count as "not a map".
 *
 * @see https://help.aliyun.com/zh/oss/user-guide/0007-00000021
 */
export function readAdditionalHeaders(value: unknown): AdditionalHeaders {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, rule: 'additional-headers-not-map' };
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_ADDITIONAL_HEADERS) {
    return { ok: false, rule: 'additional-headers-too-many' };
  }
  const headers: Record<string, string> = {};
  for (const [name, text] of entries) {
    const rule = headerFault(name, text);
    if (rule !== undefined) {
      return { ok: false, rule };
    }
    headers[name] = String(text);
  }
  return { ok: true, headers };
}

function headerFault(name: string, text: unknown): CallbackConfigRule | undefined {
  if (typeof text !== 'string') {
    return 'additional-headers-not-map';
  }
  if (name === '') {
    return 'additional-header-name-empty';
  }
  if (!/^[0-9a-z-]+$/.test(name)) {
    return 'additional-header-name-illegal';
  }
  if (/[\r\n]/.test(text)) {
    return 'additional-header-value-illegal';
  }
  return name.startsWith('x-oss-') ? 'additional-header-name-reserved' : undefined;
}
