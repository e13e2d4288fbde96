import { parseXml } from '../parse-xml.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { ConfigurationNode } from './read-configuration.ts';

/** What was read of a record; two stores give the same record again as long as it does not change. */
const read = new WeakMap<BucketRecord, Map<string, ConfigurationNode | undefined>>();

/** A configuration that the bucket has, read from its kept document; `undefined` when it has none. */
export function bucketSetting(bucket: BucketRecord, setting: string): ConfigurationNode | undefined {
  const document = bucket.settings[setting];
  if (document === undefined) return undefined;
  const known = read.get(bucket) ?? new Map<string, ConfigurationNode | undefined>();
  read.set(bucket, known);
  if (!known.has(setting)) known.set(setting, parseXml(document));
  return known.get(setting);
}

/** @param document `undefined` removes the setting */
export function withSetting(bucket: BucketRecord, setting: string, document: string | undefined): BucketRecord {
  const { [setting]: _earlier, ...others } = bucket.settings;
  return { ...bucket, settings: document === undefined ? others : { ...others, [setting]: document } };
}
