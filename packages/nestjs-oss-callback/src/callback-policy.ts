import {
  MAX_CALLBACK_BODY_BYTES,
  OSS_CALLBACK_PUBLIC_KEYS,
  UploadTicketKeyRing,
  UploadTicketSecretError,
} from '@oss-callback/oss-callback';
import { endpointReach } from './endpoint-reach.ts';
import { publicKeyFingerprint } from './public-key-fingerprint.ts';
import { OssCallbackConfigError } from './oss-callback-config-error.ts';
import type { OssCallbackOptions } from './oss-callback-options.ts';

/** The options, checked, with every default filled in: what the guards go by. */
export interface CallbackPolicy {
  readonly keyRing: UploadTicketKeyRing;
  /** Exact key URL → PEM. */
  readonly publicKeys: ReadonlyMap<string, string>;
  readonly externalPathPrefix: string;
  readonly route: string | undefined;
  readonly ticketField: string;
  readonly maxBodyBytes: number;
  readonly bodyTimeoutMs: number;
  readonly deadlineMs: number;
  readonly now: () => Date;
}

/** Injection token of the {@link CallbackPolicy}. */
export const CALLBACK_POLICY = Symbol('oss-callback policy');

/** OSS's own key host; another key on it can only come from OSS. */
const OSS_KEY_URL = /^https?:\/\/gosspublic\.alicdn\.com\//;

/**
 * Checks the options. Whatever is missing or unsafe ends the start of the application; no environment and no mode
 * relaxes a check.
 *
 * @throws OssCallbackConfigError names option and rule
 */
export function resolveCallbackPolicy(options: OssCallbackOptions): CallbackPolicy {
  return {
    keyRing: keyRingOf(options.ticketSecrets),
    publicKeys: trustedKeys(options),
    externalPathPrefix: pathPrefix(options.externalPathPrefix ?? ''),
    route: options.route,
    ticketField: options.ticketField ?? 'ticket',
    maxBodyBytes: positive('maxBodyBytes', options.maxBodyBytes ?? MAX_CALLBACK_BODY_BYTES),
    bodyTimeoutMs: positive('bodyTimeoutMs', options.bodyTimeoutMs ?? 2_000),
    deadlineMs: positive('deadlineMs', options.deadlineMs ?? 3_500),
    now: options.now ?? (() => new Date()),
  };
}

/**
 * Checks options the way the module does when it starts, for applications that want to refuse before they open anything.
 *
 * @throws OssCallbackConfigError names option and rule
 */
export function checkOssCallbackOptions(options: OssCallbackOptions): void {
  resolveCallbackPolicy(options);
}

function keyRingOf(secrets: readonly string[]): UploadTicketKeyRing {
  try {
    return new UploadTicketKeyRing(secrets);
  } catch (cause) {
    const rule = cause instanceof UploadTicketSecretError ? cause.message : 'must be a list of texts';
    throw new OssCallbackConfigError('ticketSecrets', rule, { cause });
  }
}

function trustedKeys({ extraPublicKeys, ossEndpoint }: OssCallbackOptions): ReadonlyMap<string, string> {
  if (!URL.canParse(ossEndpoint) || !/^https?:\/\//.test(ossEndpoint)) {
    throw new OssCallbackConfigError('ossEndpoint', 'must be an absolute http or https URL');
  }
  const isReal = endpointReach(new URL(ossEndpoint)) === 'public';
  for (const [url, pem] of extraPublicKeys ?? []) {
    if (isReal && !OSS_KEY_URL.test(url)) {
      throw new OssCallbackConfigError(
        'extraPublicKeys',
        `the key of ${url} is not one of OSS's and may only be trusted while ossEndpoint is a loopback or private host`,
      );
    }
    if (publicKeyFingerprint(pem) === undefined) {
      throw new OssCallbackConfigError('extraPublicKeys', `the key of ${url} must be an RSA public key in PEM form`);
    }
  }
  return new Map([...(extraPublicKeys ?? []), ...OSS_CALLBACK_PUBLIC_KEYS]);
}

function pathPrefix(prefix: string): string {
  if (prefix !== '' && !/^(?:\/[^/?#\s]+)+$/.test(prefix)) {
    throw new OssCallbackConfigError(
      'externalPathPrefix',
      'must be empty or a path such as /api, without a slash at its end',
    );
  }
  return prefix;
}

function positive(option: keyof OssCallbackOptions, value: number): number {
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new OssCallbackConfigError(option, 'must be a whole number above 0');
  }
  return value;
}
