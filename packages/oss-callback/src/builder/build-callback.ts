import { writeConfigText } from '../callback-config-text.ts';
import { CallbackParamError } from '../callback-param-error.ts';
import type { CallbackFinding } from '../lint/callback-findings.ts';
import { lintCallback } from '../lint/lint-callback.ts';
import { type AliOssCallback, aliOssCallback } from './ali-oss-callback.ts';
import type { CallbackTemplate } from './callback-body-fields.ts';

type Url = string | URL;

/** Whom OSS calls after an upload, and with what. */
export type CallbackSpecification = (
  | { readonly url: Url; readonly urls?: undefined }
  /** Tried in order until the first success. */
  | { readonly urls: readonly [Url, Url?, Url?, Url?, Url?]; readonly url?: undefined }
) & {
  /** What `jsonBody` or `formBody` makes. */
  readonly body: CallbackTemplate;
  /** `Host` header of the callback, a name without a port; host and port of the URL unless given. */
  readonly host?: string | undefined;
  /** Whether OSS sends the TLS server name; `true` for `https://` URLs unless given. */
  readonly sni?: boolean | undefined;
  /** For a receiver beside an emulator: private addresses, which OSS refuses, are let through. */
  readonly allowPrivateUrls?: boolean | undefined;
};

/** One callback in every form in which an upload can carry it. */
export interface BuiltCallback {
  /** Ready value of header `x-oss-callback`, query `callback` or form field `callback`. */
  readonly callback: string;
  /** Ready value of header `x-oss-callback-var` or query `callback-var`; absent without custom variables. */
  readonly callbackVar?: string;
  /** For PutObject and CompleteMultipartUpload, to be signed with them. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same for the query; not yet percent-encoded, as URL builders and signers take it. */
  readonly query: Readonly<Record<string, string>>;
  /**
   * For PostObject: `callback`, and a field for each custom variable. Browsers send line breaks in fields as CRLF, so a
   * value that holds others arrives changed.
   */
  readonly formFields: Readonly<Record<string, string>>;
  /**
   * The `callback` option of ali-oss, which encodes it itself and comes to the same values.
   * @throws {CallbackParamError} `url-not-for-ali-oss` for a URL that ali-oss would encode twice; give it `headers` then
   */
  aliOss(): AliOssCallback;
}

/**
 * Builds a callback that OSS accepts, calls and fills in as it is meant: what `lintCallback` has a fault to find with is
 * refused here.
 *
 * @throws {CallbackParamError} names the field and the rule
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function buildCallback(specification: CallbackSpecification): BuiltCallback {
  const { body, host, allowPrivateUrls } = specification;
  const urls = urlsOf(specification);
  checkBody(body);
  const members = {
    callbackUrl: urls.join(';'),
    ...(host === undefined ? {} : { callbackHost: host }),
    callbackBody: body.template,
    callbackBodyType: body.bodyType,
    ...sniOf(specification.sni, urls),
  };
  const variables = Object.fromEntries(body.variables);
  const callback = writeConfigText(members);
  const callbackVar = body.variables.size === 0 ? undefined : writeConfigText(variables);
  const options = { carrier: 'header', callbackVar: callbackVar ?? {}, allowPrivateUrls } as const;
  const fault = lintCallback(callback, options).find(isFault);
  if (fault !== undefined) {
    throw new CallbackParamError(fault.field, fault.rule, `${fault.problem} ${capitalised(fault.fix)}.`);
  }
  return {
    callback,
    ...(callbackVar === undefined ? {} : { callbackVar }),
    headers: named('x-oss-callback', callback, 'x-oss-callback-var', callbackVar),
    query: named('callback', callback, 'callback-var', callbackVar),
    formFields: { callback, ...variables },
    aliOss: () => aliOssCallback(members, body.variables),
  };
}

/** For callers that no compiler checks. */
function checkBody(body: Partial<CallbackTemplate> | undefined): void {
  if (typeof body?.template !== 'string' || !(body.variables instanceof Map)) {
    throw new CallbackParamError('callbackBody', 'body-not-string', 'must be what jsonBody(…) or formBody(…) makes');
  }
}

/** Advice is for the reader of a linter; a body without the object's name is odd, not broken. */
function isFault({ effect }: CallbackFinding): boolean {
  return effect !== 'advice';
}

function urlsOf({ url, urls }: CallbackSpecification): readonly string[] {
  const texts = (url === undefined ? [...(urls ?? [])] : [url]).map(String);
  const separator = texts.find((text) => text.includes(';'));
  if (separator !== undefined) {
    throw new CallbackParamError(
      'callbackUrl',
      'url-holds-separator',
      'a URL holds a semicolon, which separates URLs; write %3B',
    );
  }
  if (texts.length === 0 || texts.includes('')) {
    throw new CallbackParamError('callbackUrl', 'url-missing', 'must be one to five non-empty URLs');
  }
  return texts;
}

function sniOf(sni: boolean | undefined, urls: readonly string[]): { readonly callbackSNI?: boolean } {
  const isNeeded = sni ?? (urls.some((url) => /^https:/i.test(url)) || undefined);
  return isNeeded === undefined ? {} : { callbackSNI: isNeeded };
}

function named(
  callbackName: string,
  callback: string,
  varName: string,
  callbackVar: string | undefined,
): Readonly<Record<string, string>> {
  return { [callbackName]: callback, ...(callbackVar === undefined ? {} : { [varName]: callbackVar }) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
