import type { OperationHandler } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting, withSetting } from './bucket-setting.ts';
import { childrenNamed, descend, textAt } from './configuration-node.ts';
import { configurationXml } from './configuration-xml.ts';
import { anyText, group, many, required } from './element-rules.ts';
import { changeBucket } from './stored-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

export interface BucketTag {
  readonly key: string;
  readonly value: string;
}

const MAX_TAGS = 20;
const MAX_KEY_BYTES = 64;
const MAX_VALUE_BYTES = 128;

/** Source: putbuckettags and the pages of EC 0010-…; without tags GET answers an empty set. */
export const bucketTagging: StoredConfiguration = {
  setting: 'tagging',
  root: 'Tagging',
  content: {
    TagSet: required(group({ Tag: many(group({ Key: required(anyText), Value: required(anyText) })) })),
  },
  check: (document) => {
    const tags = childrenNamed(descend(document, 'TagSet'), 'Tag').map(readTag);
    if (tags.length > MAX_TAGS) throw new OssError('TooManyTags');
    for (const tag of tags) checkTag(tag);
    if (new Set(tags.map(({ key }) => key)).size < tags.length) throw new OssError('RepeatedTags');
  },
  absent: () => [['TagSet', []]],
};

export function bucketTags(bucket: BucketRecord): readonly BucketTag[] {
  return childrenNamed(descend(bucketSetting(bucket, bucketTagging.setting), 'TagSet'), 'Tag').map(readTag);
}

/** `?tagging` removes all tags, `?tagging=k1,k2` those with these keys. */
export const deleteBucketTags: OperationHandler = async (call) => {
  const keys = (call.request.parameters.get('tagging') ?? '').split(',').filter((key) => key !== '');
  await changeBucket(call, (bucket) => withoutTags(bucket, keys));
  return { status: 204 };
};

function withoutTags(bucket: BucketRecord, keys: readonly string[]): BucketRecord {
  const document = bucketSetting(bucket, bucketTagging.setting);
  const tagSet = descend(document, 'TagSet');
  if (keys.length === 0 || document === undefined || tagSet === undefined) {
    return withSetting(bucket, bucketTagging.setting, undefined);
  }
  const left = tagSet.children.filter((tag) => !keys.includes(textAt(tag, 'Key') ?? ''));
  const changed = { ...document, children: [{ ...tagSet, children: left }] };
  return withSetting(bucket, bucketTagging.setting, configurationXml(changed));
}

function readTag(tag: Parameters<typeof textAt>[0]): BucketTag {
  return { key: textAt(tag, 'Key') ?? '', value: textAt(tag, 'Value') ?? '' };
}

function checkTag({ key, value }: BucketTag): void {
  if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES) throw invalidKey('0010-00000219');
  if (/^(?:https?:\/\/|aliyun)/i.test(key)) throw invalidKey('0010-00000207');
  if (key.startsWith('acs:')) throw invalidKey('0010-00000002');
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    throw new OssError(
      'InvalidTag',
      {},
      { message: 'The TagValue you have provided is invalid.', ec: '0010-00000219' },
    );
  }
}

function invalidKey(ec: string): OssError {
  return new OssError('InvalidTag', {}, { ec });
}
