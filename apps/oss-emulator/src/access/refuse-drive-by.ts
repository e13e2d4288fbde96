import type { Credentials } from '@oss-callback/oss-signing';
import { corsHeaders } from '../bucket-configuration/cors-rules.ts';
import { DEVELOPMENT_CREDENTIALS } from '../emulator-options.ts';
import { isOutsidePublicDns, parseHostName } from '../http/host-name.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { BucketRecord } from '../store/object-store.ts';

/**
 * The documented AccessKey pair is known to every web page, and browsers let any page send a POST to this machine without
 * asking: it could delete objects, or send callbacks to what else listens here. So pages of public sites may not, unless the
 * bucket's CORS rules let them. Who has an AccessKey pair of its own is safe without this, and OSS has none of it.
 *
 * Browsers say where a page is from (`Sec-Fetch-Site`); nothing else does, so that no client is taken for one.
 *
 * @throws {OssError} `AccessDenied`
 */
export function refuseDriveBy(
  { method, headers }: { readonly method: string; readonly headers: RequestHeaders },
  bucket: BucketRecord,
  credentials: Credentials,
): void {
  const { origin = 'null' } = headers;
  if (method !== 'POST' || headers['sec-fetch-site'] !== 'cross-site' || !isDocumented(credentials)) return;
  if (isLocal(origin) || corsHeaders(bucket, { origin, method }) !== undefined) return;
  const message = 'Pages of public sites may not use the documented AccessKey; let them by a CORS rule of the bucket.';
  throw new OssError('AccessDenied', { Origin: origin }, { message });
}

function isDocumented({ accessKeySecret }: Credentials): boolean {
  return accessKeySecret === DEVELOPMENT_CREDENTIALS.accessKeySecret;
}

function isLocal(origin: string): boolean {
  const name = URL.canParse(origin) ? parseHostName(new URL(origin).host) : undefined;
  return name !== undefined && isOutsidePublicDns(name);
}
