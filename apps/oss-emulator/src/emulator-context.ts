import type { Credentials } from '@oss-callback/oss-signing';
import type { FetchTasks } from './async-fetch/fetch-tasks.ts';
import type { SourceRules } from './async-fetch/open-source.ts';
import type { ConfigurationNode } from './bucket-configuration/read-configuration.ts';
import type { CallbackSender } from './callback/send-callback.ts';
import type { WritableUploadJournal } from './callback/upload-journal.ts';
import type { MultipartUploads } from './multipart/multipart-uploads.ts';
import type { ObjectStore } from './store/object-store.ts';
import type { StsRoles } from './sts/sts-roles.ts';
import type { StsSessions } from './sts/sts-sessions.ts';
import type { Warn } from './warn.ts';

/** What operations may use. */
export interface EmulatorContext {
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly account: Account;
  /** Accounts that may sign requests too, and own nothing. */
  readonly otherAccounts: readonly Account[];
  /** General-purpose region id: `cn-hangzhou`. */
  readonly region: string;
  /** Names of buckets that belong to other accounts. */
  readonly foreignBuckets: ReadonlySet<string>;
  readonly now: () => Date;
  readonly callbacks: CallbackSender;
  /** Objects that are fetched in the background. */
  readonly fetches: { readonly tasks: FetchTasks<ConfigurationNode>; readonly rules: SourceRules };
  /** Of everything that is stored. */
  readonly uploadJournal: WritableUploadJournal;
  /** Temporary credentials. */
  readonly sessions: StsSessions;
  readonly roles: StsRoles;
  readonly warn: Warn;
}

/** Somebody with an account: the one that owns every bucket, or another. */
export interface Account {
  /** Numeric account id, in `Owner`, `x-oss-owner` and `x-oss-requester`. */
  readonly id: string;
  readonly credentials: Credentials;
}
