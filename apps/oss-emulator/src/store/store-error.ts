/** Why a store cannot do its work. The operations do not look at it: for a client, all of these are `InternalError`. */
export type StoreErrorReason =
  /** The data directory cannot be created or written. */
  | 'data-dir-not-writable'
  /** Another running emulator uses the data directory. */
  | 'data-dir-in-use'
  /** A file under the data directory is gone or changed, and not by this store. */
  | 'data-dir-damaged'
  /** Reading or writing failed: disk full, file system gone, too many open files. */
  | 'disk-failed'
  /** A setting that the store needs is missing or has no meaning. */
  | 'setting-invalid'
  | 's3-unreachable'
  /** The S3 server answered with an error. */
  | 's3-refused'
  /** The S3 server can hold no object of this name, which OSS could: such as MinIO with `..` or a name of 300 bytes. */
  | 's3-key-refused'
  /** `commit` with a handle that has ended: committed, discarded, or lost in `reset` and `close`. */
  | 'stage-ended';

/** The message is one line that names the thing (directory, setting, key, server) and the rule or the failure. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly reason: StoreErrorReason;

  constructor(reason: StoreErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
