import { requireBucket } from '../require-bucket.ts';
import type { EmulatorContext } from '../emulator-context.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { ListedVersion } from '../store/object-store.ts';
import { NULL_VERSION_ID } from '../store/version-id.ts';
import type { XmlElement } from '../xml.ts';
import { ownerElement } from './bucket-elements.ts';
import { readListName, readMaxKeys, readNameEncoding } from './list-parameters.ts';
import type { NameEncoding } from './list-parameters.ts';
import { wholeSeconds } from './object-head.ts';
import { restoreText } from './restore-state.ts';
import { requireVersionId } from './version-id-parameter.ts';

/**
 * ListObjectVersions, older SDKs' GetBucketVersions. Objects of a bucket that never had versioning are listed with the
 * version id `null`, by which they can be deleted (clean-ups of the SDKs' tests do).
 */
export async function listObjectVersions({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { parameters } = request;
  const maxKeys = readMaxKeys(parameters);
  const encoding = readNameEncoding(parameters);
  const prefix = readListName(parameters, 'prefix');
  const delimiter = readListName(parameters, 'delimiter');
  const { keyMarker, versionIdMarker } = readMarkers(parameters);
  await requireBucket(emulator.store, bucket);
  const query = { prefix, delimiter, keyMarker, versionIdMarker, maxKeys };
  const { versions, commonPrefixes, next } = await emulator.store.listVersions(bucket, query);
  return xmlResponse('ListVersionsResult', [
    ['Name', bucket],
    ['Prefix', encoding.encode(prefix)],
    ['KeyMarker', encoding.encode(keyMarker)],
    ['VersionIdMarker', versionIdMarker],
    ['MaxKeys', maxKeys],
    ['Delimiter', encoding.encode(delimiter)],
    ['EncodingType', encoding.type],
    ['IsTruncated', next !== undefined],
    ['NextKeyMarker', next === undefined ? undefined : encoding.encode(next.keyMarker)],
    ['NextVersionIdMarker', next?.versionIdMarker],
    ...versions.map((version) => versionElement(version, encoding, emulator)),
    ...commonPrefixes.map((commonPrefix): XmlElement => [
      'CommonPrefixes',
      [['Prefix', encoding.encode(commonPrefix)]],
    ]),
  ]);
}

/** @throws {OssError} `InvalidArgument` */
function readMarkers(parameters: ReadonlyMap<string, string>) {
  const keyMarker = readListName(parameters, 'key-marker');
  const versionIdMarker = parameters.get('version-id-marker') ?? '';
  if (versionIdMarker !== '') requireVersionId(versionIdMarker, 'version-id-marker');
  if (versionIdMarker !== '' && keyMarker === '') {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'version-id-marker', ArgumentValue: versionIdMarker },
      { message: 'A version-id marker cannot be specified without a key marker.' },
    );
  }
  return { keyMarker, versionIdMarker };
}

function versionElement(
  { object, isDeleteMarker, isLatest }: ListedVersion,
  encoding: NameEncoding,
  { account, now }: EmulatorContext,
): XmlElement {
  const common: XmlElement[] = [
    ['Key', encoding.encode(object.key)],
    ['VersionId', object.versionId ?? NULL_VERSION_ID],
    ['IsLatest', isLatest],
    // The clock of another tool's store may be finer.
    ['LastModified', wholeSeconds(object.lastModified)],
  ];
  if (isDeleteMarker) return ['DeleteMarker', [...common, ownerElement(account)]];
  return [
    'Version',
    [
      ...common,
      ['ETag', `"${object.etag}"`],
      ['Type', object.objectType],
      ['Size', object.sizeBytes],
      ['StorageClass', object.storageClass],
      ['RestoreInfo', restoreText(object, now())],
      ownerElement(account),
    ],
  ];
}
