/**
 * What an object can be given when it is uploaded, or later without its bytes being touched. Each is absent where OSS would
 * answer nothing.
 */
export interface ObjectAttributes {
  /** Absent: `default`, the bucket's. */
  readonly acl?: Exclude<ObjectAcl, 'default'> | undefined;
  /** In the order in which they were given; absent rather than empty. */
  readonly tags?: readonly ObjectTag[] | undefined;
  readonly serverSideEncryption?: ServerSideEncryption | undefined;
  /** Of an object in an archive class that somebody asked to restore. */
  readonly restore?: ObjectRestore | undefined;
  /** Of an appendable object that nothing can be appended to any more: when that began, as the header says it. */
  readonly sealedTime?: string | undefined;
  /** What protects this version from being deleted. */
  readonly worm?: ObjectWorm | undefined;
}

export interface ObjectWorm {
  readonly retention?: ObjectRetention | undefined;
  readonly legalHold?: boolean | undefined;
}

export interface ObjectRetention {
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  /** ISO 8601. */
  readonly until: string;
}

export type ObjectAcl = 'default' | 'private' | 'public-read' | 'public-read-write';

export type ObjectTag = readonly [key: string, value: string];

/** As the headers `x-oss-server-side-…` give it. The emulator keeps the wish and encrypts nothing. */
export interface ServerSideEncryption {
  readonly algorithm: 'AES256' | 'KMS' | 'SM4';
  readonly dataEncryption?: 'SM4' | undefined;
  readonly keyId?: string | undefined;
}

export interface ObjectRestore {
  /** From then on the object can be read. */
  readonly readyAt: Date;
  /** From then on it has to be restored again. */
  readonly expiresAt: Date;
}
