import { readServerSideEncryption } from '../operations/server-side-encryption.ts';
import { OssError } from '../oss-error.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { ServerSideEncryption } from '../store/object-attributes.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { configurationXml } from './configuration-xml.ts';
import { textAt } from './configuration-node.ts';
import { group, required, word } from './element-rules.ts';
import type { ConfigurationNode } from './read-configuration.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

const DEFAULT = 'ApplyServerSideEncryptionByDefault';

/** Source: putbucketencryption, the pages of EC 0005-…, and oss2's test_bucket_encryption_wrong. */
export const encryptionConfiguration: StoredConfiguration = {
  setting: 'encryption',
  root: 'ServerSideEncryptionRule',
  content: {
    [DEFAULT]: required(group({ SSEAlgorithm: required(word), KMSMasterKeyID: word, KMSDataEncryption: word })),
  },
  check: (document) => encryptionDocument(readEncryption(document)),
  absent: ({ bucket }) => new OssError('NoSuchServerSideEncryptionRule', { BucketName: bucket }),
};

/** How a bucket's objects are encrypted when their upload says nothing of it; `undefined` without a rule. */
export function bucketEncryption(bucket: BucketRecord): ServerSideEncryption | undefined {
  const document = bucketSetting(bucket, encryptionConfiguration.setting);
  return document === undefined ? undefined : readEncryption(document);
}

/**
 * PutBucket may give the bucket its encryption rule by headers (Go SDK, TestCreateBucketWithServerEncryption).
 * @returns the document to keep, or `undefined` without such headers
 * @throws {OssError} as for the same headers of an upload
 */
export function encryptionFromHeaders(headers: RequestHeaders): string | undefined {
  const encryption = readServerSideEncryption(headers);
  return encryption === undefined ? undefined : configurationXml(encryptionDocument(encryption));
}

/** An empty element is one that is not there. */
function readEncryption(document: ConfigurationNode): ServerSideEncryption {
  const textOf = (name: string): string | undefined => {
    const text = textAt(document, DEFAULT, name);
    return text === '' ? undefined : text;
  };
  const algorithm = textOf('SSEAlgorithm');
  const keyId = textOf('KMSMasterKeyID');
  const dataEncryption = textOf('KMSDataEncryption');
  if (!isAlgorithm(algorithm)) throw new OssError('InvalidEncryptionAlgorithmError');
  if (algorithm !== 'KMS' && keyId !== undefined) {
    const message = 'KMSMasterKeyID is not applicable if the default sse algorithm is not KMS.';
    const members = { ArgumentName: 'KMSMasterKeyID', ArgumentValue: keyId };
    throw new OssError('InvalidArgument', members, { message, ec: '0005-00000204' });
  }
  // Only KMS heeds it (page of 0005-00000203); others drop it (oss2, test_put_bucket_encryption).
  if (algorithm !== 'KMS') return { algorithm };
  if (dataEncryption === undefined) return { algorithm, ...(keyId !== undefined && { keyId }) };
  if (dataEncryption !== 'SM4') {
    throw new OssError('InvalidDataEncryptionAlgorithmError', {}, { ec: '0005-00000203' });
  }
  return { algorithm, dataEncryption, ...(keyId !== undefined && { keyId }) };
}

function isAlgorithm(text: string | undefined): text is ServerSideEncryption['algorithm'] {
  return text === 'KMS' || text === 'AES256' || text === 'SM4';
}

/** Empty elements are left out: the Java SDK's tests expect no KMSMasterKeyID where none was given. */
function encryptionDocument({ algorithm, keyId, dataEncryption }: ServerSideEncryption): ConfigurationNode {
  const members = [
    ['SSEAlgorithm', algorithm],
    ['KMSMasterKeyID', keyId],
    ['KMSDataEncryption', dataEncryption],
  ] as const;
  const children = members.flatMap(([name, text]) => (text === undefined ? [] : [{ name, children: [], text }]));
  return {
    name: encryptionConfiguration.root,
    children: [{ name: DEFAULT, children, text: '' }],
    text: '',
  };
}
