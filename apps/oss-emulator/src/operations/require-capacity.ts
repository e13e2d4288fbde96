import { settingText, storageCapacity } from '../bucket-configuration/plain-configurations.ts';
import { OssError } from '../oss-error.ts';
import type { BucketRecord, ObjectStore } from '../store/object-store.ts';

const GIGABYTE = 1024 ** 3;
const NO_LIMIT = '-1';
const PAGE_SIZE = 1000;

/**
 * Whether a bucket has room for another object, by its storage capacity in gigabytes (PHP SDK, `putBucketStorageCapacity`).
 * Counted when it is asked for, where OSS knows by the hour, and only where there is a limit.
 * @throws {OssError} `QuotaExceeded`
 */
export async function requireCapacity(store: ObjectStore, bucket: BucketRecord, moreBytes: number): Promise<void> {
  const capacity = settingText(bucket, storageCapacity.setting, 'StorageCapacity', NO_LIMIT);
  if (capacity === NO_LIMIT) return;
  const limitBytes = Number(capacity) * GIGABYTE;
  if ((await storedBytes(store, bucket.name)) + moreBytes > limitBytes) {
    throw new OssError('QuotaExceeded', { BucketName: bucket.name });
  }
}

async function storedBytes(store: ObjectStore, bucket: string): Promise<number> {
  let bytes = 0;
  let next: { readonly keyMarker: string; readonly versionIdMarker: string } | undefined = {
    keyMarker: '',
    versionIdMarker: '',
  };
  while (next !== undefined) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page = await store.listVersions(bucket, { prefix: '', delimiter: '', ...next, maxKeys: PAGE_SIZE });
    for (const { object, isDeleteMarker } of page.versions) bytes += isDeleteMarker ? 0 : object.sizeBytes;
    next = page.next;
  }
  return bytes;
}
