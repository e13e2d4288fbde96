import { findSignedAddress } from '../access/authenticate.ts';
import type { AuthenticationRules, SignedParts } from '../access/authenticate.ts';
import { isOfficialHostName } from './host-name.ts';
import { validObjectKey } from '../object-key.ts';
import { OssError } from '../oss-error.ts';
import type { RequestAddress } from './request-address.ts';
import { decodeTargetText } from './request-target.ts';
import type { ObjectStore } from '../store/object-store.ts';

/** Each one costs a signature, and anybody can send a wrong one. */
const MAX_TRIED_BUCKETS = 100;

/** What such a request is refused with when it is taken for path style; without a key it is taken for one about the service. */
const REFUSED: ReadonlySet<string> = new Set([
  'InvalidBucketName',
  'MethodNotAllowed',
  'NotImplemented',
  'SecondLevelDomainForbidden',
  'SignatureDoesNotMatch',
]);

/**
 * The address of a request that was refused only because it names its bucket nowhere: what the SDKs for Android and iOS
 * send to every host that is neither OSS's nor an IP address, such as `localhost` or a container's alias, and every SDK
 * that is told to use a custom domain (CNAME). OSS knows whose domain it is; here the signature tells, which is over the
 * bucket in any case.
 * @see https://github.com/aliyun/aliyun-oss-android-sdk, `RequestMessage.buildCanonicalURL`
 * @throws {unknown} the refusal, when the request is signed for none of the buckets that are there
 */
export async function findDomainAddress(
  refusal: unknown,
  request: SignedParts & { readonly hostName: string; readonly rawPath: string },
  rules: AuthenticationRules & { readonly store: ObjectStore },
): Promise<RequestAddress> {
  const isRefused = refusal instanceof OssError && REFUSED.has(refusal.code);
  if (!isRefused || isOfficialHostName(request.hostName) || !isSigned(request)) throw refusal;
  const key = readKey(request.rawPath.slice(1), refusal);
  const buckets = (await rules.store.listBuckets()).slice(0, MAX_TRIED_BUCKETS);
  const addresses = buckets.map(({ name }): RequestAddress => ({ style: 'virtual-hosted', bucket: name, key }));
  const found = findSignedAddress(addresses, request, rules);
  if (found === undefined) throw refusal;
  return found;
}

function isSigned({ headers, query }: SignedParts): boolean {
  return (
    headers['authorization'] !== undefined || query.some(([name]) => name === 'Signature' || name === 'x-oss-signature')
  );
}

/** What is a key behind a bucket can be too long a one with it. */
function readKey(rawKey: string, refusal: unknown): string | undefined {
  try {
    return rawKey === '' ? undefined : validObjectKey(decodeTargetText(rawKey));
  } catch {
    throw refusal;
  }
}
