import { createHash } from 'node:crypto';
import { requirePermissions } from '../authorize-session.ts';
import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import { readSmallBody } from '../request-body.ts';
import { mapConcurrently } from '../store/map-concurrently.ts';
import type { XmlElement } from '../xml.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { readNameEncoding } from './list-parameters.ts';

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
  await requireBucket(store, bucket);
  const bytes = await readSmallBody(body, MAX_BODY_BYTES);
  if (expectedMd5 !== undefined && !createHash('md5').update(bytes).digest().equals(expectedMd5)) {
    throw new OssError('InvalidDigest');
  }
  const { keys, quiet } = readDeletion(bytes.toString('utf8'));
  await requirePermissions(
    call,
    keys.map((key) => ({ action: 'oss:DeleteObject', bucket, key })),
  );
  await mapConcurrently(keys, DELETIONS_AT_ONCE, (key) => store.delete(bucket, key));
  if (quiet) return { status: 200 };
  const deleted = keys.map((key): XmlElement => ['Deleted', [['Key', encoding.encode(key)]]]);
  return xmlResponse('DeleteResult', [['EncodingType', encoding.type], ...deleted]);
}

function readDeletion(xml: string): { readonly keys: readonly string[]; readonly quiet: boolean } {
  const document = parseXml(xml);
  const objects = document?.children.filter(({ name }) => name === 'Object') ?? [];
  if (document?.name !== 'Delete' || objects.length === 0 || objects.length > MAX_OBJECTS) {
    throw new OssError('MalformedXML');
  }
  const keys = objects.map(({ children }) => {
    // Not trimmed: blanks may be the beginning of a key.
    const key = children.find(({ name }) => name === 'Key')?.text ?? '';
    if (key === '') throw new OssError('MalformedXML');
    refuseVersion(children.some(({ name, text }) => name === 'VersionId' && text.trim() !== ''));
    return key;
  });
  return { keys: [...new Set(keys)], quiet: childText(document, 'Quiet')?.toLowerCase() === 'true' };
}

/** Deleting the current version instead of the one that was named would lose data. */
function refuseVersion(named: boolean): void {
  if (named) throw new OssError('NotImplemented', {}, { message: 'VersionId is not implemented by this emulator.' });
}
