import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { ObjectChange, StoredObject } from '../store/object-store.ts';
import { readPosition, wrongPosition } from './append-position.ts';
import { digestHeaders } from './object-head.ts';
import { missingObject } from './require-object.ts';

/**
 * Ends the appending to an object whose length is as expected. It stays of the type Appendable; sealed again, it keeps the
 * time at which it was sealed first (page *SealAppendObject*).
 */
export async function sealAppendObject({ request, bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const { store } = emulator;
  const position = readPosition(request.parameters.get('position'));
  const now = emulator.now().toUTCString();
  const sealed = await store.updateObject(bucket, key, (object) => seal(object, position, now));
  if (sealed === undefined) throw await missingObject(store, bucket, key);
  return { status: 200, headers: { ETag: digestHeaders(sealed)['ETag'], 'x-oss-sealed-time': sealed.sealedTime } };
}

function seal(object: StoredObject, position: number, now: string): ObjectChange {
  if (object.objectType !== 'Appendable') throw new OssError('ObjectNotAppendable');
  if (position !== object.sizeBytes) throw wrongPosition(object.sizeBytes);
  return { sealedTime: object.sealedTime ?? now };
}
