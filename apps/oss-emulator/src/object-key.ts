import { OssError } from './oss-error.ts';

const MAX_KEY_BYTES = 1023;

/**
 * Any UTF-8 but NUL, 1 to 1023 bytes, no slash or backslash at the start; dots and double slashes mean nothing.
 * @param key `undefined` for what was no UTF-8
 * @throws {OssError} `InvalidObjectName`; `InvalidArgument` for what was no UTF-8
 */
export function validObjectKey(key: string | undefined): string {
  if (key === undefined) {
    // Code and text: PHP SDK, testObjectKeyWithNonUTF8Name; number: its own page. Of broken escapes this is assumed.
    throw new OssError(
      'InvalidArgument',
      {},
      { message: 'The characters encoding must be utf-8.', ec: '0016-00000004' },
    );
  }
  if (key.includes('\0')) throw new OssError('InvalidObjectName');
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new OssError(
      'InvalidObjectName',
      {},
      { message: 'The Length of Object name must be less than 1024.', ec: '0016-00000003' },
    );
  }
  if (/^[/\\]/.test(key)) {
    throw new OssError(
      'InvalidObjectName',
      { ObjectName: key },
      { message: 'The specified object is not valid.', ec: '0016-00000005' },
    );
  }
  return key;
}
