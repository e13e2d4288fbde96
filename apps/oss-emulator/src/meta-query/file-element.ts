import type { StoredObject } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';

/** Members and their order: the page of DoMetaQuery. */
export function fileElement(object: StoredObject): XmlElement {
  const { tags = [], userMetadata } = object;
  const metadata = Object.entries(userMetadata).toSorted(([left], [right]) => (left < right ? -1 : 1));
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

function pairElement(name: string, key: string, value: string): XmlElement {
  return [
    name,
    [
      ['Key', key],
      ['Value', value],
    ],
  ];
}
