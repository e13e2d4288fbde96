import type { Addressing, Credentials } from '@oss-callback/oss-signing';

/** The bucket that uploads go to, and who signs for it. */
export interface OssTarget {
  /** Scheme and host, as the uploader reaches it. */
  readonly endpoint: string;
  readonly addressing: Addressing | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: Credentials;
}

/** Injection token of the {@link OssTarget}. */
export const OSS_TARGET = Symbol('oss target');
