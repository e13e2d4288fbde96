import type { StoredObject } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';

/** Members and their order: the page of DoMetaQuery. */
export function fileElement(object: StoredObject): XmlElement {
  // By name, both of them: BucketMetaQueryTest of the Java SDK gives tags in another order.
  const tags = (object.tags ?? []).toSorted(byName);
  const metadata = Object.entries(object.userMetadata).toSorted(byName);
  return [
    'File',
    [
      ['Filename', object.key],
      ['Size', object.sizeBytes],
      ['FileModifiedTime', object.lastModified],
      ['OSSObjectType', object.objectType],
      ['OSSStorageClass', object.storageClass],
      ['ObjectACL', object.acl ?? 'default'],
      ['ETag', `"${object.etag}"`],
      ['OSSCRC64', object.crc64],
      ['ServerSideEncryption', object.serverSideEncryption?.algorithm],
      ['OSSTaggingCount', tags.length],
      ['OSSTagging', tags.length === 0 ? undefined : tags.map(([key, value]) => pairElement('Tagging', key, value))],
      [
        'OSSUserMeta',
        metadata.length === 0
          ? undefined
          : metadata.map(([name, value]) => pairElement('UserMeta', `x-oss-meta-${name}`, value)),
      ],
    ],
  ];
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return Number(left > right) - Number(left < right);
}

function pairElement(name: string, key: string, value: string): XmlElement {
  return [
    name,
    [
      ['Key', key],
      ['Value', value],
    ],
  ];
}
