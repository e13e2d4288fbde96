import type { EmulatorContext } from '../emulator-context.ts';
import { meterDigests } from '../object-digests.ts';
import type { ObjectDigests } from '../object-digests.ts';
import { OssError } from '../oss-error.ts';
import type { RequestBody } from '../request-body.ts';
import type { StagedBytes } from '../store/object-store.ts';

/** 5 GB, the documented limit of one PUT, and of one part. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

/** @throws {OssError} `MissingContentLength`, or `EntityTooLarge`, before a byte is read */
export function checkDeclaredSize({ declaredSizeBytes, chunked }: RequestBody): void {
  if (declaredSizeBytes === undefined && !chunked) throw new OssError('MissingContentLength');
  if (declaredSizeBytes !== undefined && declaredSizeBytes > MAX_PUT_BYTES) throw new OssError('EntityTooLarge');
}

/**
 * Stages the body of a PUT.
 * @throws {OssError} `InvalidDigest` when it is not what Content-MD5 says; nothing is left then
 */
export async function stageBody(
  { store }: EmulatorContext,
  body: RequestBody,
  expectedMd5: Buffer | undefined,
): Promise<{ readonly staged: StagedBytes; readonly digests: ObjectDigests }> {
  const metered = meterDigests(body.read(MAX_PUT_BYTES));
  const staged = await store.stage(metered.bytes);
  const digests = metered.digests();
  if (expectedMd5 !== undefined && !digests.md5.equals(expectedMd5)) {
    await store.discard(staged);
    throw new OssError('InvalidDigest');
  }
  return { staged, digests };
}
