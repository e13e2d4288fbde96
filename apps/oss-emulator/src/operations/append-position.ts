import { OssError } from '../oss-error.ts';
import type { StoredObject } from '../store/object-store.ts';

/**
 * @param text parameter `position`: where to append, in bytes
 * @throws {OssError} `MissingArgument`, `InvalidArgument`
 */
export function readPosition(text: string | undefined): number {
  if (text === undefined || text === '') throw new OssError('MissingArgument', {}, { ec: '0016-00000501' });
  if (!/^\d{1,15}$/.test(text)) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'position', ArgumentValue: text },
      { message: 'The append position must be a whole number of bytes.' },
    );
  }
  return Number(text);
}

/**
 * What stands against appending there; `undefined` when nothing does. Assumed: a sealed object is as one that never was
 * appendable.
 */
export function appendRefusal(object: StoredObject | undefined, position: number): OssError | undefined {
  if (object !== undefined && (object.objectType !== 'Appendable' || object.sealedTime !== undefined)) {
    return new OssError('ObjectNotAppendable');
  }
  const lengthBytes = object?.sizeBytes ?? 0;
  return position === lengthBytes ? undefined : wrongPosition(lengthBytes);
}

/** The header says where to go on (page *AppendObject*). */
export function wrongPosition(lengthBytes: number): OssError {
  const headers = { 'x-oss-next-append-position': String(lengthBytes) };
  return new OssError('PositionNotEqualToLength', {}, { headers });
}
