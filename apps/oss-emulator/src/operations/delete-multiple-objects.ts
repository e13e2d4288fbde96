import { createHash } from 'node:crypto';
import { authorizeOtherAccount } from '../access/authorize-other-account.ts';
import { requirePermissions } from '../access/authorize-session.ts';
import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import { readSmallBody } from '../http/request-body.ts';
import { mapConcurrently } from '../store/map-concurrently.ts';
import type { DeleteOutcome } from '../store/object-store.ts';
import { ramActionOfVersion } from '../ram/ram-action.ts';
import type { XmlElement } from '../xml.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { readNameEncoding } from './list-parameters.ts';
import type { NameEncoding } from './list-parameters.ts';
import { wholeSeconds } from './object-head.ts';
import { bypassesGovernance, requireDeletable } from './object-worm.ts';
import { requireVersionId } from './version-id-parameter.ts';

/** Limits of one request; 1000 objects as in the SDKs' clean-ups, 2 MB assumed. */
const MAX_BODY_BYTES = 2 * 1024 ** 2;
const MAX_OBJECTS = 1000;

const DELETIONS_AT_ONCE = 16;

/**
 * DeleteMultipleObjects: an object that is not there counts as deleted; in quiet mode the answer is empty. `encoding-type`
 * is taken from the query or a header. The page of EC 0016-00000606 demands a Content-MD5 but names no code for its
 * absence: it is checked when it is there, and not missed (assumed).
 */
export async function deleteMultipleObjects(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, emulator } = call;
  const { headers, parameters, body } = request;
  const { store } = emulator;
  const type = parameters.get('encoding-type') ?? headers['encoding-type'] ?? '';
  const encoding = readNameEncoding(new Map([['encoding-type', type]]));
  const expectedMd5 = decodeContentMd5(headers['content-md5']);
  const record = await requireBucket(store, bucket);
  const bytes = await readSmallBody(body, MAX_BODY_BYTES);
  if (expectedMd5 !== undefined && !createHash('md5').update(bytes).digest().equals(expectedMd5)) {
    throw new OssError('InvalidDigest');
  }
  const { named, quiet } = readDeletion(bytes.toString('utf8'));
  const permissions = named.flatMap(({ key, versionId }) => {
    if (versionId === undefined) return [{ action: 'oss:DeleteObject', bucket, key }];
    const bypass = bypassesGovernance(headers) ? [{ action: 'oss:BypassGovernanceRetention', bucket, key }] : [];
    return [{ action: ramActionOfVersion('oss:DeleteObject'), bucket, key }, ...bypass];
  });
  await requirePermissions(call, permissions);
  await authorizeOtherAccount(call, permissions);
  await mapConcurrently(named, DELETIONS_AT_ONCE, (version) => requireDeletable(call, record, version));
  const deletedAt = wholeSeconds(emulator.now());
  const deleted = await mapConcurrently(named, DELETIONS_AT_ONCE, async ({ key, versionId }) => {
    const outcome = await store.delete(bucket, key, { versionId, deletedAt });
    return deletedElement({ key, versionId }, outcome, encoding);
  });
  if (quiet) return { status: 200 };
  return xmlResponse('DeleteResult', [['EncodingType', encoding.type], ...deleted]);
}

/** A delete marker is named whether it was added or removed. */
function deletedElement({ key, versionId }: NamedVersion, outcome: DeleteOutcome, encoding: NameEncoding): XmlElement {
  const isDeleteMarker = outcome.outcome === 'deleted' && outcome.isDeleteMarker === true;
  return [
    'Deleted',
    [
      ['Key', encoding.encode(key)],
      ['VersionId', versionId],
      ['DeleteMarker', isDeleteMarker ? true : undefined],
      ['DeleteMarkerVersionId', isDeleteMarker ? outcome.versionId : undefined],
    ],
  ];
}

/** Without a version id: whatever deleting the object does. */
interface NamedVersion {
  readonly key: string;
  readonly versionId: string | undefined;
}

function readDeletion(xml: string): { readonly named: readonly NamedVersion[]; readonly quiet: boolean } {
  const document = parseXml(xml);
  const objects = document?.children.filter(({ name }) => name === 'Object') ?? [];
  if (document?.name !== 'Delete' || objects.length === 0 || objects.length > MAX_OBJECTS) {
    throw new OssError('MalformedXML');
  }
  const named = new Map<string, NamedVersion>();
  for (const object of objects) {
    // Not trimmed: blanks may be the beginning of a key.
    const key = object.children.find(({ name }) => name === 'Key')?.text ?? '';
    if (key === '') throw new OssError('MalformedXML');
    // Empty as SDKs write it that leave no element out.
    const versionId = childText(object, 'VersionId') || undefined;
    if (versionId !== undefined) requireVersionId(versionId, 'VersionId');
    named.set(`${versionId ?? ''} ${key}`, { key, versionId });
  }
  return { named: [...named.values()], quiet: childText(document, 'Quiet')?.toLowerCase() === 'true' };
}
