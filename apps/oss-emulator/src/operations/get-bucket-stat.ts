import { requireBucket } from '../require-bucket.ts';
import type { MultipartUploads } from '../multipart/multipart-uploads.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { ObjectStore, StoredObject, VersionPage } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';

const PAGE_SIZE = 1000;

/** OSS bills objects of the colder classes as if they had at least this size. */
const MIN_BILLED_BYTES = 64 * 1024;

interface Usage {
  objects: number;
  bytes: number;
  billedBytes: number;
}

/** Names of the elements, in their order. */
const CLASSES = {
  Standard: 'Standard',
  IA: 'InfrequentAccess',
  Archive: 'Archive',
  ColdArchive: 'ColdArchive',
  DeepColdArchive: 'DeepColdArchive',
} as const;

/**
 * GetBucketStat: counted when it is asked for, where OSS counts hourly. `LastModifiedTime` is the time of the count, 0 for
 * a bucket without objects (Go SDK v2, TestGetBucketStat). Every version counts as an object, as it is stored and billed.
 */
export async function getBucketStat({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  await requireBucket(emulator.store, bucket);
  const { usages, deleteMarkers } = await countVersions(emulator.store, bucket);
  const uploads = await countUploads(emulator.uploads, bucket);
  const total = sum([...usages.values()]);
  const now = Math.floor(emulator.now().getTime() / 1000);
  return xmlResponse('BucketStat', [
    ['Storage', total.bytes],
    ['ObjectCount', total.objects],
    ['MultipartUploadCount', uploads.uploads],
    ['LiveChannelCount', 0],
    ['LastModifiedTime', total.objects === 0 ? 0 : now],
    ...Object.entries(CLASSES).flatMap(([storageClass, name]) => usageElements(name, usages.get(storageClass))),
    ['MultipartPartCount', uploads.parts],
    ['MultipartPartStorage', uploads.bytes],
    ['DeleteMarkerCount', deleteMarkers],
  ]);
}

async function countVersions(store: ObjectStore, bucket: string) {
  const usages = new Map<string, Usage>();
  let deleteMarkers = 0;
  let next: VersionPage['next'] = { keyMarker: '', versionIdMarker: '' };
  while (next !== undefined) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const page: VersionPage = await store.listVersions(bucket, {
      prefix: '',
      delimiter: '',
      ...next,
      maxKeys: PAGE_SIZE,
    });
    for (const { object, isDeleteMarker } of page.versions) {
      if (isDeleteMarker) deleteMarkers += 1;
      else count(object, usages);
    }
    next = page.next;
  }
  return { usages, deleteMarkers };
}

/** What uploads hold that are not complete. */
async function countUploads(multipart: MultipartUploads, bucket: string) {
  const listed = await multipart.list(bucket);
  const total = { uploads: listed.length, parts: 0, bytes: 0 };
  for (const { uploadId } of listed) {
    // One after the other: there may be thousands.
    // oxlint-disable-next-line no-await-in-loop
    for (const { sizeBytes } of await multipart.parts(uploadId)) {
      total.parts += 1;
      total.bytes += sizeBytes;
    }
  }
  return total;
}

function count({ storageClass, sizeBytes }: StoredObject, usages: Map<string, Usage>): void {
  const usage = usages.get(storageClass) ?? { objects: 0, bytes: 0, billedBytes: 0 };
  usage.objects += 1;
  usage.bytes += sizeBytes;
  usage.billedBytes += Math.max(sizeBytes, MIN_BILLED_BYTES);
  usages.set(storageClass, usage);
}

function sum(usages: readonly Usage[]): Usage {
  const total = { objects: 0, bytes: 0, billedBytes: 0 };
  for (const { objects, bytes, billedBytes } of usages) {
    total.objects += objects;
    total.bytes += bytes;
    total.billedBytes += billedBytes;
  }
  return total;
}

/** For all but the standard class two sizes: as billed, and as they are. */
function usageElements(name: string, usage: Usage = { objects: 0, bytes: 0, billedBytes: 0 }): XmlElement[] {
  if (name === CLASSES.Standard) {
    return [
      [`${name}Storage`, usage.bytes],
      [`${name}ObjectCount`, usage.objects],
    ];
  }
  return [
    [`${name}Storage`, usage.billedBytes],
    [`${name}RealStorage`, usage.bytes],
    [`${name}ObjectCount`, usage.objects],
  ];
}
