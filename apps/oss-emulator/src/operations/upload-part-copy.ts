import { meterDigests } from '../object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { addPart } from './add-part.ts';
import { selectRange } from './byte-range.ts';
import { openCopySource, sourceVersionHeaders } from './copy-source.ts';
import { digestHeaders, wholeSeconds } from './object-head.ts';
import { readPartNumber } from './part-number.ts';
import { requireUpload } from './require-upload.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/**
 * UploadPartCopy: a range that is not wholly inside the source copies all of it (the Java SDK's UploadPartCopyTest). A
 * condition that does not hold is 412, also where CopyObject has 304 (documentation).
 */
export async function uploadPartCopy(call: OperationCall): Promise<OssResponse> {
  const { request, emulator } = call;
  const partNumber = readPartNumber(request.parameters.get('partNumber'));
  const upload = await requireUpload(call);
  const range = request.headers['x-oss-copy-source-range'];
  const source = await openCopySource(call, ({ sizeBytes }) =>
    range === undefined ? undefined : selectRange({ range }, sizeBytes),
  );
  if (source === 'not-modified') throw new OssError('PreconditionFailed', { Condition: notModifiedCondition(call) });
  const metered = meterDigests(source.bytes);
  const staged = await emulator.store.stage(metered.bytes);
  const digests = metered.digests();
  const lastModified = wholeSeconds(emulator.now());
  await addPart(call, upload, { partNumber, staged, digests, lastModified });
  const answer = xmlResponse('CopyPartResult', [
    ['LastModified', lastModified],
    ['ETag', `"${digests.etag}"`],
  ]);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...digestHeaders(digests),
      ...sourceVersionHeaders(source.object),
      ...encryptionHeaders(upload.head.serverSideEncryption),
    },
  };
}

function notModifiedCondition({ request }: OperationCall): string {
  return request.headers['x-oss-copy-source-if-none-match'] === undefined ? 'If-Modified-Since' : 'If-None-Match';
}
