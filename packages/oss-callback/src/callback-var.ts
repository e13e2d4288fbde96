import { type CallbackConfigError, callbackConfigError } from './callback-config-errors.ts';
import { MAX_CALLBACK_PARAM_BYTES, readConfigText, writeConfigText } from './callback-config-text.ts';
import { CallbackParamError, refusedByOss } from './callback-param-error.ts';

/** What `decodeCallbackVar` answers. */
export type CallbackVarDecoding =
  | { readonly ok: true; readonly variables: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly error: CallbackConfigError };

const RULES = { tooLong: 'var-too-long', notBase64: 'var-not-base64', notJson: 'var-not-json' } as const;

/**
 * Encodes custom variables for header `x-oss-callback-var` or query `callback-var`; at most 5120 characters of Base64.
 * Form uploads take each variable as a plain form field of its own instead.
 *
 * @param variables names with their `x:`, values any text
 * @throws {CallbackParamError} names the variable and the rule
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function encodeCallbackVar(variables: Readonly<Record<string, string>>): string {
  for (const [name, value] of Object.entries<unknown>(variables)) {
    if (!name.startsWith('x:') || name === 'x:') {
      throw new CallbackParamError(
        name,
        'variable-name-without-prefix',
        `the name of a custom variable must start with "x:", as in ${JSON.stringify(`x:${name.replace(/^x:/, '')}`)}`,
      );
    }
    if (typeof value !== 'string') {
      throw new CallbackParamError(name, 'value-not-string', 'the value of a custom variable must be a string');
    }
  }
  const text = writeConfigText(variables);
  if (text.length > MAX_CALLBACK_PARAM_BYTES) {
    throw refusedByOss('callback-var', 'var-too-long');
  }
  return text;
}

/**
 * Decodes `callback-var` as OSS does. Names are kept as they are, also those without `x:` (SDK tests send them), which no
 * placeholder can name. Never throws.
 *
 * @see https://help.aliyun.com/document_detail/480035.html
 */
export function decodeCallbackVar(text: string): CallbackVarDecoding {
  if (text === '') {
    return { ok: true, variables: new Map() };
  }
  const config = readConfigText(text, RULES);
  if (!config.ok) {
    return config;
  }
  const entries = Object.entries(config.value);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    return { ok: false, error: callbackConfigError('var-not-string-map', config.json) };
  }
  return { ok: true, variables: new Map(entries) };
}
