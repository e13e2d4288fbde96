import { CallbackParamError } from './callback-param-error.ts';
import { placeholdersOf } from './callback-template.ts';
import { findCallbackVariable } from './callback-variables.ts';

/** Characters a URI may hold (RFC 3986), a percent sign only as part of an escape. */
const PERCENT_ENCODED = /^(?:[A-Za-z0-9\-._~:/?@!$&'()*+,=]|%[0-9A-Fa-f]{2})*$/;

/**
 * Refuses URLs that OSS cannot call as they are meant. OSS signs the decoded path and sends the raw one, so everything
 * outside ASCII has to be encoded already.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function checkUrlEncoding(urls: readonly string[]): void {
  for (const url of urls) {
    if (url.includes(';')) {
      throw new CallbackParamError(
        'callbackUrl',
        'url-holds-separator',
        `${quote(url)} holds a semicolon, which separates URLs; write %3B`,
      );
    }
    if (!isPercentEncoded(url)) {
      throw new CallbackParamError(
        'callbackUrl',
        'url-not-percent-encoded',
        `${quote(url)} must be percent-encoded ASCII; pass path and query through encodeURI first`,
      );
    }
  }
}

/** Whether a URL, without fragment and semicolons, holds only what a URI may hold. */
export function isPercentEncoded(url: string): boolean {
  return PERCENT_ENCODED.test(url);
}

/**
 * Refuses `"${object}"` in a JSON template: OSS adds the quotes of strings itself, so the body would be no JSON. Numbers
 * are written bare and may stand in quotes, as in `"${imageInfo.width},${imageInfo.height}"`.
 */
export function checkQuotedPlaceholders(jsonTemplate: string): void {
  const [name] = quotedStringPlaceholders(jsonTemplate);
  if (name !== undefined) {
    throw new CallbackParamError(
      'callbackBody',
      'string-placeholder-in-quotes',
      `\${${name}} stands inside quotes, but OSS adds the quotes of strings itself; write it bare`,
    );
  }
}

/** Names of the variables that a JSON template puts into quotes although OSS writes their quotes. */
export function quotedStringPlaceholders(jsonTemplate: string): readonly string[] {
  return placeholdersOf(jsonTemplate)
    .filter(({ name, insideQuotes }) => insideQuotes && findCallbackVariable(name)?.kind !== 'number')
    .map(({ name }) => name);
}

/** A URL may be as long as it likes; a message may not. */
function quote(url: string): string {
  return JSON.stringify(url.length > 200 ? `${url.slice(0, 200)}…` : url);
}
