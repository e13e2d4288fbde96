import type { BucketRecord } from '../store/object-store.ts';

/** A callback that is kept with a bucket, for uploads that name it. */
export interface CallbackPolicy {
  readonly name: string;
  /** Base64, as `x-oss-callback` has it. */
  readonly callback: string;
  /** Base64, as `x-oss-callback-var` has it; empty for none. */
  readonly callbackVar: string;
}

/** Under this name among the settings of a bucket. */
const SETTING = 'callback-policy';

/** @returns `undefined` when the bucket has no callback policy, not even an empty one */
export function callbackPoliciesOf({ settings }: BucketRecord): readonly CallbackPolicy[] | undefined {
  const text = settings[SETTING];
  return text === undefined ? undefined : (JSON.parse(text) as CallbackPolicy[]);
}

/** The bucket with these policies in place of those it had; `undefined` takes them away. */
export function withCallbackPolicies(
  bucket: BucketRecord,
  policies: readonly CallbackPolicy[] | undefined,
): BucketRecord {
  const { [SETTING]: _before, ...settings } = bucket.settings;
  return {
    ...bucket,
    settings: policies === undefined ? settings : { ...settings, [SETTING]: JSON.stringify(policies) },
  };
}
