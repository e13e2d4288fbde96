import type { Readable } from 'node:stream';

import type { ObjectAttributes } from './object-attributes.ts';

/**
 * Where the emulator keeps buckets and objects.
 *
 * Writing is three steps, so that nothing half-written is ever visible: `stage` puts the bytes where no reader sees
 * them; the operation then knows size and digests and checks Content-Length, Content-MD5 and policies; `commit` makes
 * the object appear at once, whole, or `discard` forgets it. A store never looks at OSS rules: it keeps what it is given.
 *
 * Every method may throw a {@link StoreError} (store-error.ts) when what lies behind the store fails.
 */
export interface ObjectStore {
  /** @returns `exists` when the name is taken; nothing changes then. */
  createBucket(bucket: BucketRecord): Promise<'created' | 'exists'>;
  getBucket(name: string): Promise<BucketRecord | undefined>;
  /** In ascending order of name. */
  listBuckets(): Promise<readonly BucketRecord[]>;
  /**
   * Reads, changes and writes a bucket's record in one step: no other change of the bucket comes between. The name stays.
   * @param change gets the record as it is; when it throws, nothing changes and the error is passed on
   * @returns the record as it is now; `undefined` when there is no such bucket
   */
  updateBucket(name: string, change: BucketChange): Promise<BucketRecord | undefined>;
  deleteBucket(name: string): Promise<'deleted' | 'not-empty' | 'missing'>;

  /**
   * Consumes `bytes` to the end. When `bytes` throws, everything written is removed and the error is rethrown. A chunk
   * belongs to the store once it was yielded: nobody may write into it again, and a block (blocks/block.ts) is gone.
   */
  stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes>;
  /**
   * Makes the staged bytes the object `bucket`/`key`, replacing an earlier one unless told not to. Ends the handle,
   * whatever comes of it. A handle that has ended already is a `StoreError`.
   */
  commit(staged: StagedBytes, object: NewObject, options?: CommitOptions): Promise<CommitOutcome>;
  /** Removes staged bytes that will not be committed. Ends the handle; harmless when it has ended already. */
  discard(staged: StagedBytes): Promise<void>;

  /**
   * @param versionId the current version unless it is given; `null` is the version that has no id of its own
   * @returns `undefined` when there is no such version, and when it is a delete marker
   */
  head(bucket: string, key: string, versionId?: string): Promise<StoredObject | undefined>;
  /** Head and bytes of the same version of the object, whatever is committed meanwhile. */
  read(bucket: string, key: string, range?: ByteRange, versionId?: string): Promise<ObjectContent | undefined>;
  /** Tells why `head` knows nothing: the version is there, and is a delete marker. */
  findDeleteMarker(bucket: string, key: string, versionId?: string): Promise<ListedVersion | undefined>;
  /**
   * Changes what is known of an object; its bytes stay where they are.
   *
   * @param change told the object as it is, says what shall be different; nothing comes between the two. What it throws is
   * rethrown, and nothing changes then
   * @returns the object as it is now, or `undefined` when there is none
   */
  updateObject(
    bucket: string,
    key: string,
    change: (object: StoredObject) => ObjectChange,
    versionId?: string,
  ): Promise<StoredObject | undefined>;
  /**
   * Without a version id: removes the object of a bucket that never had versioning, and puts a delete marker in front of
   * the versions of any other, also when there are none. With one: removes that version, a delete marker too.
   */
  delete(bucket: string, key: string, options?: DeleteOptions): Promise<DeleteOutcome>;
  /** Current versions that are no delete markers. An empty page when there is no such bucket. */
  list(bucket: string, query: ListQuery): Promise<ListPage>;
  /** All versions and delete markers. An empty page when there is no such bucket. */
  listVersions(bucket: string, query: VersionQuery): Promise<VersionPage>;

  /**
   * Empties the store: no buckets, no objects, nothing staged. In a backing store that others use too, only buckets that
   * were created through this interface are removed.
   */
  reset(): Promise<void>;
  /** Ends the use of the store; what is staged is lost, what is committed stays (except in memory). Harmless when repeated. */
  close(): Promise<void>;
}

export interface BucketRecord {
  readonly name: string;
  readonly createdAt: Date;
  readonly acl: BucketAcl;
  readonly storageClass: string;
  /** Absent until it is enabled for the first time; then for ever one of the two. */
  readonly versioning?: BucketVersioning | undefined;
  /** Whatever else operations keep of a bucket, such as its CORS rules: opaque text by a name that the operation chooses. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Synchronous, because nothing may come between reading and writing. */
export type BucketChange = (bucket: BucketRecord) => BucketRecord;

/** While it is suspended, versions stay, and new objects replace the version without an id of its own. */
export type BucketVersioning = 'Enabled' | 'Suspended';

export type BucketAcl = 'private' | 'public-read' | 'public-read-write' | 'authenticated-read';

/** A handle; only the store that gave it out knows what is behind `stageId`. */
export interface StagedBytes {
  readonly stageId: string;
  readonly sizeBytes: number;
}

/** What the operation knows of an object when it commits it. */
export interface NewObject extends ObjectAttributes {
  readonly bucket: string;
  readonly key: string;
  /** Bare, as the wire shows it between the quotes: upper-case hex MD5 for PutObject. */
  readonly etag: string;
  /** CRC-64/XZ; `undefined` only for an object that another S3 tool put into the backing store. */
  readonly crc64: bigint | undefined;
  /** Base64 MD5 of the bytes; `undefined` where OSS has none (multipart uploads). */
  readonly contentMd5: string | undefined;
  readonly contentType: string;
  /** `Cache-Control`, `Content-Disposition`, `Content-Encoding`, `Content-Language`, `Expires`, by lower-case name. */
  readonly httpHeaders: Readonly<Record<string, string>>;
  /** User metadata by lower-case name without the prefix `x-oss-meta-`; values are Unicode text. */
  readonly userMetadata: Readonly<Record<string, string>>;
  readonly objectType: 'Normal' | 'Multipart' | 'Appendable' | 'Symlink';
  /** Key of the object of the same bucket that a symlink stands for; nobody looks whether it is there. */
  readonly symlinkTarget?: string | undefined;
  readonly storageClass: string;
  readonly lastModified: Date;
}

export interface StoredObject extends NewObject {
  readonly sizeBytes: number;
  /** Of every object of a bucket that has or had versioning; `null` for the one without an id of its own. */
  readonly versionId?: string | undefined;
}

/** The members that shall be different; `undefined` takes an attribute away. */
export type ObjectChange = Partial<Omit<NewObject, 'bucket' | 'key'>>;

export interface CommitOptions {
  /** `x-oss-forbid-overwrite: true`: an existing object stays, decided atomically with the commit. */
  readonly forbidOverwrite?: boolean;
  /**
   * For a commit that goes on from an object, as an append does: it has to be the current one still, decided atomically with
   * the commit. `undefined` in it: there has to be none. No version is kept of it; the new one takes its id where the store
   * gives out the ids.
   */
  readonly replaces?: { readonly etag: string | undefined };
}

/** After every outcome but `committed` the staged bytes are gone as after `discard`. */
export type CommitOutcome =
  /** `versionId` is there when the bucket has or had versioning. */
  | { readonly outcome: 'committed'; readonly versionId?: string | undefined }
  | { readonly outcome: 'bucket-missing' }
  | { readonly outcome: 'object-exists' }
  /** Not the object that was to be replaced. */
  | { readonly outcome: 'object-changed' };

export interface DeleteOptions {
  readonly versionId?: string | undefined;
  /** The time of a delete marker; the present unless given. A store that others use too has a clock of its own. */
  readonly deletedAt?: Date;
}

export type DeleteOutcome =
  /** `isDeleteMarker`: the version that was added, or the one that was removed, is a delete marker. */
  | { readonly outcome: 'deleted'; readonly versionId?: string | undefined; readonly isDeleteMarker?: boolean }
  | { readonly outcome: 'missing' };

/** Inclusive, as in an HTTP range; the caller has checked it against the object's size. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface ObjectContent {
  readonly object: StoredObject;
  /**
   * Holds a file or a connection until it has been read to the end or destroyed. `pipeline` and a `for await` that is
   * left early both destroy it; who does not read it at all calls `destroy()`.
   */
  readonly bytes: Readable;
}

export interface ListQuery {
  readonly prefix: string;
  /** Names that share the part up to the first delimiter behind the prefix are rolled up; empty for none. */
  readonly delimiter: string;
  /** Entries up to and including this name are left out; empty for none. A rolled-up prefix counts as its own name. */
  readonly startAfter: string;
  /** Objects and rolled-up prefixes together; 0 gives an empty last page. */
  readonly maxKeys: number;
}

/** In ascending order of the names' UTF-8 bytes. */
export interface ListPage {
  readonly objects: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  /** Where to go on: the `startAfter` of the next page; `undefined` on the last page. */
  readonly nextStartAfter: string | undefined;
}

export interface VersionQuery {
  readonly prefix: string;
  /** As in {@link ListQuery}. */
  readonly delimiter: string;
  /** Versions of this key and of those before it are left out; empty for none. */
  readonly keyMarker: string;
  /** But not those versions of the key that are older than this one; empty for none. */
  readonly versionIdMarker: string;
  /** Versions, delete markers and rolled-up prefixes together; at least 1. */
  readonly maxKeys: number;
}

/** Of a delete marker, `object` says the key, the version id and the time; everything else is empty. */
export interface ListedVersion {
  readonly object: StoredObject;
  readonly isDeleteMarker: boolean;
  readonly isLatest: boolean;
}

/** By key, and those of the same key from the newest to the oldest. */
export interface VersionPage {
  readonly versions: readonly ListedVersion[];
  readonly commonPrefixes: readonly string[];
  /** Where to go on; `undefined` on the last page. */
  readonly next: { readonly keyMarker: string; readonly versionIdMarker: string } | undefined;
}
