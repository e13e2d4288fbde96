/** Where a callback may be sent; see `--callback-targets` of the emulator. */
export type CallbackTargets = 'local' | 'any' | 'cloud';

/** `any` takes path style beside virtual-hosted style; `strict` refuses it, as OSS does. */
export type Addressing = 'any' | 'strict';

/** An S3 server that keeps the bytes, addressed as the emulator's container sees it. */
export interface S3StoreSettings {
  /** For example `http://minio:9000`, with the server's network alias as the host. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Default: the emulator's own. */
  readonly region?: string;
}

/** `from` is the origin in the callbackUrl, `to` the one that is connected to: `http://app.example.com` → `http://app:3280`. */
export interface CallbackRoute {
  readonly from: string;
  readonly to: string;
}

/** Names of `docs/configuration.md`, such as `callback-500` and `store-slow`. */
export type FaultProfile = `callback-${string}` | `store-${string}`;

/** Something that goes wrong; everything that is not said is struck. */
export interface Fault {
  readonly profile: FaultProfile;
  readonly bucket?: string;
  /** Only objects whose keys begin so. */
  readonly keyPrefix?: string;
  /** Only this operation, by OSS's name: `UploadPart`. */
  readonly operation?: string;
  /** Only the next so many; all of them unless given. */
  readonly times?: number;
  /** Of `store-slow`. */
  readonly delayMs?: number;
}

export interface EmulatorSettings {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly region: string;
  readonly store: 'memory' | 'file' | S3StoreSettings;
  readonly buckets: readonly string[];
  readonly publicUrl: string;
  readonly callbackTargets?: CallbackTargets;
  readonly callbackRoutes: readonly CallbackRoute[];
  readonly addressing?: Addressing;
}
