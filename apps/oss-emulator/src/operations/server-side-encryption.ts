import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ServerSideEncryption } from '../store/object-attributes.ts';

/** The id that OSS answers when KMS is to encrypt with a key of its own choice. */
const DEFAULT_KMS_KEY_ID = '0a5c2ad5-7b10-4d1c-9a53-1d0c6f1e7c2b';

/**
 * The headers `x-oss-server-side-…` of an upload. Those that only KMS heeds are ignored with any other algorithm, and with
 * none (oss2, test_server_side_encryotion.py).
 * @returns `undefined` for none
 * @throws {OssError} `InvalidEncryptionAlgorithmError`, `InvalidDataEncryptionAlgorithmError`, `InvalidArgument`
 */
export function readServerSideEncryption(headers: RequestHeaders): ServerSideEncryption | undefined {
  const algorithm = headers['x-oss-server-side-encryption'];
  if (algorithm === undefined) return undefined;
  if (!isAlgorithm(algorithm)) throw new OssError('InvalidEncryptionAlgorithmError');
  if (algorithm !== 'KMS') return { algorithm };
  const dataEncryption = headers['x-oss-server-side-data-encryption'];
  if (dataEncryption !== undefined && dataEncryption !== 'SM4') {
    throw new OssError('InvalidDataEncryptionAlgorithmError');
  }
  const keyId = headers['x-oss-server-side-encryption-key-id'] ?? DEFAULT_KMS_KEY_ID;
  if (keyId === '') {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-server-side-encryption-key-id' },
      { message: 'The specified parameter KMS keyId is not valid.', ec: '0005-00000205' },
    );
  }
  return { algorithm, ...(dataEncryption !== undefined && { dataEncryption }), keyId };
}

/**
 * How an object is encrypted is said when its upload is initiated, and not again.
 * @throws {OssError} `InvalidArgument` (oss2, test_server_side_encryotion.py)
 */
export function refuseServerSideEncryption(headers: RequestHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('x-oss-server-side-')) {
      throw new OssError(
        'InvalidArgument',
        { ArgumentName: name, ArgumentValue: value },
        { message: `${name} is specified when a multipart upload is initiated.` },
      );
    }
  }
}

/** As uploads, GET and HEAD answer them. */
export function encryptionHeaders(encryption: ServerSideEncryption | undefined): Record<string, string | undefined> {
  return {
    'x-oss-server-side-encryption': encryption?.algorithm,
    'x-oss-server-side-data-encryption': encryption?.dataEncryption,
    'x-oss-server-side-encryption-key-id': encryption?.keyId,
  };
}

function isAlgorithm(text: string): text is ServerSideEncryption['algorithm'] {
  return text === 'AES256' || text === 'KMS' || text === 'SM4';
}
