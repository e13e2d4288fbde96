import type { Credentials } from '@oss-callback/oss-signing';
import type { CallbackTargetPolicy } from './callback/callback-targets.ts';
import type { Account } from './emulator-context.ts';
import type { FaultProfile } from './faults/fault-profiles.ts';
import type { Fault } from './faults/faults.ts';
import type { ObjectStore } from './store/object-store.ts';
import type { ObjectStoreName } from './store/object-stores.ts';
import type { RoleOptions } from './sts/sts-roles.ts';

/** How an emulator is started inside a process. Everything has a default. */
export interface EmulatorOptions {
  /** Where buckets and objects are kept, or a store of your own; `memory` unless given. */
  readonly store?: ObjectStoreName | ObjectStore;
  /** Of the file store, and of the signing key unless the store is `memory`; `.oss-emulator` unless given. */
  readonly dataDir?: string;
  /** Needed by the store `s3`. */
  readonly s3?: S3Options;
  /** `127.0.0.1` unless given. Any but a loopback address needs `credentials`. */
  readonly host?: string;
  /** A free port unless given. */
  readonly port?: number;
  /** What requests are signed with; the documented development pair unless given. */
  readonly credentials?: Credentials;
  /** The account that owns every bucket: digits. */
  readonly accountId?: string;
  /** Accounts that own nothing here and may sign requests too; none unless given. */
  readonly otherAccounts?: readonly Account[];
  /** Region id without `oss-`; `cn-hangzhou` unless given. */
  readonly region?: string;
  /** Private buckets that are created at the start unless they are there; none unless given. */
  readonly buckets?: readonly string[];
  /** Names of buckets that belong to somebody else; `oss-attachment` unless given. */
  readonly foreignBuckets?: readonly string[];
  /** Where clients and receivers reach the emulator: an origin; the listening address unless given. */
  readonly publicUrl?: string;
  readonly callbackTargets?: CallbackTargetPolicy;
  /** `FROM=TO`, two origins: callbacks for FROM are connected to TO, and say what they would say to FROM. */
  readonly callbackRoutes?: readonly string[];
  /** For one callback URL, everything included; 5000 as OSS unless given. */
  readonly callbackTimeoutMs?: number;
  /** `strict` refuses path style as OSS does. */
  readonly addressing?: 'any' | 'strict';
  /** What goes wrong from the start; nothing unless given. */
  readonly faults?: ReadonlyArray<Fault | FaultProfile>;
  /** The RAM roles that AssumeRole finds; unless given, every role exists and may do everything. */
  readonly roles?: readonly RoleOptions[];
  /** The emulator's clock. */
  readonly now?: () => Date;
  /** One line per failed request, without its line feed; nowhere unless given. */
  readonly log?: (line: string) => void;
}

export interface S3Options {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string;
}

/** For development on one machine only: everybody knows them. */
export const DEVELOPMENT_CREDENTIALS: Credentials = {
  accessKeyId: 'emulator-access-key-id',
  accessKeySecret: 'emulator-access-key-secret',
};

/** Of an emulator that is told no other. */
export const DEFAULT_ACCOUNT_ID = '1000000000000001';
