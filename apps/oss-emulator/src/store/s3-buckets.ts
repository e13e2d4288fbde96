import { compareUtf8 } from './compare-utf8.ts';
import { KeyedLock } from './keyed-lock.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type { BucketChange, BucketRecord, BucketVersioning } from './object-store.ts';
import { S3BucketRecords, SYSTEM_BUCKET } from './s3-bucket-records.ts';
import { BUCKET_MISSING_CODES, BUCKET_TAKEN_CODES } from './s3-connection.ts';
import type { S3Connection } from './s3-connection.ts';
import { listBuckets } from './s3-listing.ts';

const REQUESTS_AT_ONCE = 16;

/**
 * The buckets of an S3 server with what OSS knows of them. One that another tool made is private and has no settings.
 *
 * What changes a bucket happens under a lock within this process; two emulators that change the settings of one bucket at
 * the same moment could lose one of the changes.
 */
export class S3Buckets {
  readonly #connection: S3Connection;
  readonly #records: S3BucketRecords;
  readonly #changes = new KeyedLock();

  constructor(connection: S3Connection) {
    this.#connection = connection;
    this.#records = new S3BucketRecords(connection);
  }

  create(bucket: BucketRecord): Promise<'created' | 'exists'> {
    return this.#changes.run(bucket.name, () => this.#create(bucket));
  }

  update(name: string, change: BucketChange): Promise<BucketRecord | undefined> {
    return this.#changes.run(name, async () => {
      const bucket = await this.find(name);
      if (bucket === undefined) {
        return undefined;
      }
      const changed = { ...change(bucket), name };
      if (changed.versioning !== undefined && changed.versioning !== bucket.versioning) {
        const status = { Status: changed.versioning };
        await this.#connection.attempt(`bucket ${name}`, [], () =>
          this.#connection.client.setBucketVersioning(name, status),
        );
      }
      await this.#records.write(changed);
      return changed;
    });
  }

  delete(name: string): Promise<'deleted' | 'not-empty' | 'missing'> {
    return this.#changes.run(name, () => this.#delete(name));
  }

  async find(name: string): Promise<BucketRecord | undefined> {
    if (name === SYSTEM_BUCKET) {
      return undefined;
    }
    const [exists, record] = await Promise.all([this.#exists(name), this.#records.find(name)]);
    if (!exists || record !== undefined) {
      return exists ? record : undefined;
    }
    return (await this.list()).find((bucket) => bucket.name === name);
  }

  /** Asks for less than {@link find}: whether the bucket is there is not looked at. */
  async versioning(name: string): Promise<BucketVersioning | undefined> {
    return (await this.#records.find(name))?.versioning;
  }

  /** In ascending order of name. */
  async list(): Promise<readonly BucketRecord[]> {
    const listing = await this.#connection.attempt('buckets', [], () => listBuckets(this.#connection));
    const visible = listing.ok ? listing.value.filter(({ name }) => name !== SYSTEM_BUCKET) : [];
    const buckets = await mapConcurrently(visible, REQUESTS_AT_ONCE, async ({ name, createdAt }) => {
      const record = await this.#records.find(name);
      return record ?? ({ name, createdAt, acl: 'private', storageClass: 'Standard', settings: {} } as const);
    });
    return buckets.sort((a, b) => compareUtf8(a.name, b.name));
  }

  /** The buckets that were created through the emulator. */
  createdNames(): Promise<string[]> {
    return this.#records.names();
  }

  /** After the bucket itself was removed. */
  forget(name: string): Promise<void> {
    return this.#records.remove(name);
  }

  async #create(bucket: BucketRecord) {
    const { client, region } = this.#connection;
    // Asked first, because S3 in us-east-1 answers a second creation as if it were the first.
    if (bucket.name === SYSTEM_BUCKET || (await this.#exists(bucket.name))) {
      return 'exists';
    }
    const creation = await this.#connection.attempt(`bucket ${bucket.name}`, BUCKET_TAKEN_CODES, () =>
      client.makeBucket(bucket.name, region),
    );
    if (!creation.ok) {
      return 'exists';
    }
    await this.#records.write(bucket);
    return 'created';
  }

  async #delete(name: string) {
    if (name === SYSTEM_BUCKET) {
      return 'missing';
    }
    const codes = ['BucketNotEmpty', ...BUCKET_MISSING_CODES];
    const deletion = await this.#connection.attempt(`bucket ${name}`, codes, () =>
      this.#connection.client.removeBucket(name),
    );
    if (!deletion.ok) {
      return deletion.code === 'BucketNotEmpty' ? 'not-empty' : 'missing';
    }
    await this.#records.remove(name);
    return 'deleted';
  }

  async #exists(name: string): Promise<boolean> {
    const attempt = await this.#connection.attempt(`bucket ${name}`, BUCKET_MISSING_CODES, () =>
      this.#connection.client.bucketExists(name),
    );
    return attempt.ok && attempt.value;
  }
}
