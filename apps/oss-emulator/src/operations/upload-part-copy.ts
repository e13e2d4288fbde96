import { meterDigests } from '../digests/object-digests.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { addPart } from './add-part.ts';
import { selectRange } from './byte-range.ts';
import { openCopySource, sourceVersionHeaders } from './copy-source.ts';
import { digestHeaders, wholeSeconds } from './object-head.ts';
import { readPartNumber } from './part-number.ts';
import { requireUpload } from './require-upload.ts';
import { encryptionHeaders } from './server-side-encryption.ts';

/**
 * UploadPartCopy: a range that is not wholly inside the source copies all of it (the Java SDK's UploadPartCopyTest). A
 * source that is not modified is 304, as for CopyObject (C++ SDK, UploadPartCopyWithSourceIfNoneMatchTest and
 * UploadPartCopyWithIfModifiedSinceTest; the page says 412).
 */
export async function uploadPartCopy(call: OperationCall): Promise<OssResponse> {
  const { request, emulator } = call;
  const partNumber = readPartNumber(request.parameters.get('partNumber'));
  const upload = await requireUpload(call);
  const range = request.headers['x-oss-copy-source-range'];
  const source = await openCopySource(call, ({ sizeBytes }) =>
    range === undefined ? undefined : selectRange({ range }, sizeBytes),
  );
  if (source === 'not-modified') return { status: 304 };
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
