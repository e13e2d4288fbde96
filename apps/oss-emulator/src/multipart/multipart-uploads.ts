import { json } from 'node:stream/consumers';
import { OssError } from '../oss-error.ts';
import type { ObjectDigests } from '../digests/object-digests.ts';
import { compareUtf8 } from '../store/compare-utf8.ts';
import { KeyedLock } from '../store/keyed-lock.ts';
import { mapConcurrently } from '../store/map-concurrently.ts';
import type { ObjectStore, StagedBytes } from '../store/object-store.ts';
import { HiddenObjects } from './hidden-objects.ts';
import type { ListedUpload, MultipartUpload, UploadedPart } from './multipart-upload.ts';
import { createUploadId, isUploadId } from './upload-id.ts';

const UPLOADS = 'uploads/';
const PARTS = 'parts/';
const PART_DIGITS = 5;
const DELETIONS_AT_ONCE = 16;

/** Bytes of a part that wait to be taken in, and what is known of them. */
export interface NewPart {
  readonly partNumber: number;
  readonly staged: StagedBytes;
  readonly digests: Pick<ObjectDigests, 'etag' | 'contentMd5' | 'crc64'>;
  readonly lastModified: Date;
}

/** `already-there` and `not-next`: only in sequential uploads. The staged bytes are gone unless the part was taken. */
export type PartOutcome =
  | { readonly outcome: 'taken' | 'upload-missing' | 'not-next' }
  | { readonly outcome: 'already-there'; readonly part: UploadedPart };

/**
 * Multipart uploads that are under way, kept in the same store as the objects, in a bucket that no request can name:
 *
 *     uploads/<bucket>/<uploadId>        JSON of the upload
 *     parts/<uploadId>/<5 digits>        the bytes of a part
 *
 * An upload is over as soon as its record is gone; then its parts are litter, which {@link sweep} removes when the emulator
 * was killed before it could. An object appears by one commit, so it is there whole or not at all.
 */
export class MultipartUploads {
  readonly #objects: HiddenObjects;
  readonly #store: ObjectStore;
  readonly #lock = new KeyedLock();

  constructor(store: ObjectStore) {
    this.#store = store;
    this.#objects = new HiddenObjects(store);
  }

  /** @returns the upload id */
  async initiate(upload: Omit<MultipartUpload, 'uploadId'>): Promise<string> {
    const uploadId = createUploadId(upload.initiatedAt);
    const { bucket, key, initiatedAt, head } = upload;
    // The metadata is what a listing shows, so that it need not read every record.
    const userMetadata = { key, 'storage-class': head.storageClass };
    const record = Buffer.from(JSON.stringify({ ...upload, uploadId }));
    await this.#objects.write(recordName(bucket, uploadId), record, { userMetadata, lastModified: initiatedAt });
    return uploadId;
  }

  /** @returns `undefined` when there is no such upload of that object: never begun, completed or aborted */
  async find(bucket: string, key: string, uploadId: string): Promise<MultipartUpload | undefined> {
    const record = isUploadId(uploadId) ? await this.#objects.read(recordName(bucket, uploadId)) : undefined;
    if (record === undefined) return undefined;
    const upload = (await json(record.bytes)) as MultipartUpload & { readonly initiatedAt: string };
    return upload.key === key ? { ...upload, initiatedAt: new Date(upload.initiatedAt) } : undefined;
  }

  /** Every upload of the bucket: keys by their UTF-8 bytes, those of one key in the order in which they were begun. */
  async list(bucket: string): Promise<readonly ListedUpload[]> {
    const records = await this.#objects.list(`${UPLOADS}${bucket}/`);
    return records
      .map(({ key: name, userMetadata, lastModified }) => ({
        key: userMetadata['key'] ?? '',
        uploadId: name.slice(name.lastIndexOf('/') + 1),
        initiatedAt: lastModified,
        storageClass: userMetadata['storage-class'] ?? '',
      }))
      .sort((a, b) => compareUtf8(a.key, b.key) || compareUtf8(a.uploadId, b.uploadId));
  }

  /** Takes a part in, in place of an earlier one of that number. */
  async addPart(upload: MultipartUpload, part: NewPart): Promise<PartOutcome> {
    if (!upload.sequential) return this.#commitPart(upload, part);
    return this.#lock.run(upload.uploadId, async () => {
      const earlier = await this.parts(upload.uploadId);
      const sameNumber = earlier.find(({ partNumber }) => partNumber === part.partNumber);
      if (sameNumber === undefined && part.partNumber === earlier.length + 1) return this.#commitPart(upload, part);
      await this.#store.discard(part.staged);
      return sameNumber === undefined ? { outcome: 'not-next' } : { outcome: 'already-there', part: sameNumber };
    });
  }

  /** In ascending order of their numbers. */
  async parts(uploadId: string): Promise<readonly UploadedPart[]> {
    const objects = await this.#objects.list(`${PARTS}${uploadId}/`);
    return objects.map(({ key, etag, crc64 = 0n, contentMd5, sizeBytes, lastModified }) => {
      const partNumber = Number(key.slice(-PART_DIGITS));
      return { partNumber, etag, crc64, contentMd5, sizeBytes, lastModified };
    });
  }

  /**
   * The bytes of the parts, one behind the other, read while they are consumed.
   * @throws {OssError} `InvalidPart` when one of them was replaced since it was listed
   */
  async *read(uploadId: string, parts: readonly UploadedPart[]): AsyncGenerator<Uint8Array, void, undefined> {
    for (const { partNumber, etag } of parts) {
      // Each part is opened when the one before it has been read: memory does not depend on their number.
      // oxlint-disable-next-line no-await-in-loop
      const content = await this.#objects.read(partName(uploadId, partNumber));
      if (content?.object.etag !== etag) {
        content?.bytes.destroy();
        throw new OssError('InvalidPart', { ETag: etag, PartNumber: String(partNumber), UploadId: uploadId });
      }
      yield* content.bytes as AsyncIterable<Uint8Array>;
    }
  }

  /** Ends the upload. @returns `missing` when it has ended already */
  async remove({ bucket, uploadId }: MultipartUpload): Promise<'removed' | 'missing'> {
    const outcome = await this.#objects.delete(recordName(bucket, uploadId));
    await this.#removeParts(uploadId);
    return outcome === 'deleted' ? 'removed' : 'missing';
  }

  /** Completing and aborting go through here, so that one of them comes first and the other finds the upload ended. */
  exclusively<Result>(uploadId: string, work: () => Promise<Result>): Promise<Result> {
    return this.#lock.run(uploadId, work);
  }

  /** At start: removes parts whose upload is over, and uploads whose bucket is gone. */
  async sweep(): Promise<void> {
    if (!(await this.#objects.exist())) return;
    const alive = new Set<string>();
    for (const { key } of await this.#objects.list(UPLOADS)) {
      const [, bucket = '', uploadId = ''] = key.split('/');
      // oxlint-disable-next-line no-await-in-loop
      if ((await this.#store.getBucket(bucket)) === undefined) await this.#objects.delete(key);
      else alive.add(uploadId);
    }
    const uploadIds = (await this.#objects.folders(PARTS)).map((folder) => folder.slice(PARTS.length, -1));
    await mapConcurrently(
      uploadIds.filter((uploadId) => !alive.has(uploadId)),
      1,
      (uploadId) => this.#removeParts(uploadId),
    );
  }

  async #commitPart(
    { bucket, uploadId }: MultipartUpload,
    { partNumber, staged, digests, lastModified }: NewPart,
  ): Promise<PartOutcome> {
    const { etag, contentMd5, crc64 } = digests;
    const name = partName(uploadId, partNumber);
    await this.#objects.commit(name, staged, { etag, contentMd5, crc64, lastModified });
    // The upload may have ended while the bytes were on their way. Who ends it removes only the parts it sees.
    if ((await this.#objects.head(recordName(bucket, uploadId))) !== undefined) return { outcome: 'taken' };
    await this.#objects.delete(name);
    return { outcome: 'upload-missing' };
  }

  async #removeParts(uploadId: string): Promise<void> {
    const parts = await this.#objects.list(`${PARTS}${uploadId}/`);
    await mapConcurrently(parts, DELETIONS_AT_ONCE, ({ key }) => this.#objects.delete(key));
  }
}

function recordName(bucket: string, uploadId: string): string {
  return `${UPLOADS}${bucket}/${uploadId}`;
}

function partName(uploadId: string, partNumber: number): string {
  return `${PARTS}${uploadId}/${String(partNumber).padStart(PART_DIGITS, '0')}`;
}
