import { createHash } from 'node:crypto';
import type { UploadedPart } from '../multipart/multipart-upload.ts';
import { OssError } from '../oss-error.ts';
import type { OssRequest } from '../http/oss-request.ts';
import { childText, parseXml } from '../parse-xml.ts';
import type { XmlNode } from '../parse-xml.ts';
import { readSmallBody } from '../http/request-body.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { readPartNumber } from './part-number.ts';

/** 10,000 parts take about 1 MB, however an SDK writes them. */
const MAX_BODY_BYTES = 2 * 1024 ** 2;

/** Every part but the last; OSS: https://help.aliyun.com/en/oss/user-guide/0042-00000213 */
const MIN_PART_BYTES = 100 * 1024;

const MALFORMED_EC = '0042-00000205';

/** A part as the client names it; the ETag is bare. */
interface PartReference {
  readonly partNumber: number;
  readonly etag: string;
}

/**
 * Which parts make the object: `all` with `x-oss-complete-all: yes`, otherwise those in the body.
 * @throws {OssError} `InvalidDigest`, `InvalidArgument`, `MalformedXML`, `InvalidPartOrder`
 */
export async function readPartList({ headers, body }: OssRequest): Promise<'all' | readonly PartReference[]> {
  const completeAll = readCompleteAll(headers['x-oss-complete-all']);
  const expectedMd5 = decodeContentMd5(headers['content-md5']);
  const bytes = await readSmallBody(body, MAX_BODY_BYTES);
  if (expectedMd5 !== undefined && !createHash('md5').update(bytes).digest().equals(expectedMd5)) {
    throw new OssError('InvalidDigest');
  }
  const xml = bytes.toString('utf8');
  if (!completeAll) return parsePartList(xml);
  if (xml.trim() === '') return 'all';
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: 'x-oss-complete-all', ArgumentValue: headers['x-oss-complete-all'] },
    { message: 'Should not speficy both complete all header and http body.', ec: '0042-00000216' },
  );
}

/** `yes` is the only value (documentation, *CompleteMultipartUpload*). */
function readCompleteAll(text: string | undefined): boolean {
  if (text === undefined || text === '') return false;
  if (text.toLowerCase() === 'yes') return true;
  throw new OssError(
    'InvalidArgument',
    { ArgumentName: 'x-oss-complete-all', ArgumentValue: text },
    { message: 'The value of x-oss-complete-all must be yes.' },
  );
}

function parsePartList(xml: string): readonly PartReference[] {
  const document = parseXml(xml);
  const parts = document?.children.filter(({ name }) => name === 'Part') ?? [];
  if (document?.name !== 'CompleteMultipartUpload') throw malformed();
  let previous = 0;
  return parts.map((part) => {
    const reference = readReference(part);
    if (reference.partNumber <= previous) throw new OssError('InvalidPartOrder');
    previous = reference.partNumber;
    return reference;
  });
}

function readReference(part: XmlNode): PartReference {
  const number = childText(part, 'PartNumber');
  const etag = childText(part, 'ETag');
  if (number === undefined || etag === undefined) throw malformed();
  return { partNumber: readPartNumber(number), etag: etag.replaceAll('"', '') };
}

function malformed(): OssError {
  return new OssError('MalformedXML', {}, { ec: MALFORMED_EC });
}

/**
 * The parts that the client means. None at all make an empty object: the Go SDK's uploader ends an empty stream so.
 * @throws {OssError} `InvalidPart` for one that is not there or has another ETag, `EntityTooSmall`
 */
export function selectParts(
  uploadId: string,
  uploaded: readonly UploadedPart[],
  wanted: 'all' | readonly PartReference[],
): readonly UploadedPart[] {
  const byNumber = new Map(uploaded.map((part) => [part.partNumber, part]));
  const references = wanted === 'all' ? uploaded : wanted;
  const parts = references.map(({ partNumber, etag }) => {
    const part = byNumber.get(partNumber);
    if (part !== undefined && part.etag === etag.toUpperCase()) return part;
    throw new OssError('InvalidPart', { ETag: etag, PartNumber: String(partNumber), UploadId: uploadId });
  });
  const small = parts.slice(0, -1).find(({ sizeBytes }) => sizeBytes < MIN_PART_BYTES);
  if (small !== undefined) {
    throw new OssError('EntityTooSmall', {
      ETag: small.etag,
      MinSizeAllowed: String(MIN_PART_BYTES),
      ProposedSize: String(small.sizeBytes),
      PartNumber: String(small.partNumber),
    });
  }
  return parts;
}
