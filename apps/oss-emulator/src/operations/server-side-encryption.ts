import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../request-headers.ts';
import type { ServerSideEncryption } from '../store/object-attributes.ts';

/**
 * The headers `x-oss-server-side-…` of an upload.
 * @returns `undefined` for none
 * @throws {OssError} `InvalidEncryptionAlgorithmError`, `InvalidDataEncryptionAlgorithmError`, `InvalidArgument`
 */
export function readServerSideEncryption(headers: RequestHeaders): ServerSideEncryption | undefined {
  const algorithm = headers['x-oss-server-side-encryption'];
  const dataEncryption = headers['x-oss-server-side-data-encryption'];
  const keyId = headers['x-oss-server-side-encryption-key-id'];
  if (algorithm !== undefined && !isAlgorithm(algorithm)) throw new OssError('InvalidEncryptionAlgorithmError');
  if (algorithm !== 'KMS' && (dataEncryption !== undefined || keyId !== undefined)) throw onlyWithKms(headers);
  if (algorithm === undefined) return undefined;
  if (dataEncryption !== undefined && dataEncryption !== 'SM4') {
    throw new OssError('InvalidDataEncryptionAlgorithmError');
  }
  if (keyId === '') {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-server-side-encryption-key-id' },
      { message: 'The specified parameter KMS keyId is not valid.', ec: '0005-00000205' },
    );
  }
  return {
    algorithm,
    ...(dataEncryption !== undefined && { dataEncryption }),
    ...(keyId !== undefined && { keyId }),
  };
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

/** That the headers are refused, as they are in a bucket's encryption rule, is assumed. */
function onlyWithKms(headers: RequestHeaders): OssError {
  const name =
    headers['x-oss-server-side-encryption-key-id'] === undefined
      ? 'x-oss-server-side-data-encryption'
      : 'x-oss-server-side-encryption-key-id';
  return new OssError(
    'InvalidArgument',
    { ArgumentName: name, ArgumentValue: headers[name] },
    { message: `${name} is not applicable if the sse algorithm is not KMS.` },
  );
}
