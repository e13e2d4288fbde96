import type { EmulatorContext } from '../emulator-context.ts';
import { meterDigests } from '../digests/object-digests.ts';
import type { ObjectDigests } from '../digests/object-digests.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import type { RequestBody } from '../http/request-body.ts';
import type { StagedBytes } from '../store/object-store.ts';
import { checkSha1, invalidSha1 } from './content-sha1.ts';

/** 5 GB, the documented limit of one PUT, and of one part. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** @throws {OssError} `MissingContentLength`, or `EntityTooLarge`, before a byte is read */
export function checkDeclaredSize({ declaredSizeBytes, chunked }: RequestBody): void {
  if (declaredSizeBytes === undefined && !chunked) throw new OssError('MissingContentLength');
  if (declaredSizeBytes !== undefined && declaredSizeBytes > MAX_PUT_BYTES) throw new OssError('EntityTooLarge');
}

/**
 * Stages the body of a PUT.
 * @throws {OssError} `InvalidDigest` when it is not what Content-MD5 or x-oss-hash-sha1 says; nothing is left then
 */
export async function stageBody(
  { store }: EmulatorContext,
  { headers, body }: Pick<OssRequest, 'headers' | 'body'>,
  expectedMd5: Buffer | undefined,
): Promise<{ readonly staged: StagedBytes; readonly digests: ObjectDigests }> {
  const sha1 = checkSha1(headers, body.read(MAX_PUT_BYTES));
  const metered = meterDigests(sha1.bytes);
  const staged = await store.stage(metered.bytes);
  const digests = metered.digests();
  if (expectedMd5 !== undefined && !digests.md5.equals(expectedMd5)) {
    await store.discard(staged);
    throw new OssError('InvalidDigest');
  }
  if (!sha1.holds()) {
    await store.discard(staged);
    throw invalidSha1();
  }
  return { staged, digests };
}
