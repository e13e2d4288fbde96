import { requireBucket } from '../require-bucket.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { ownerElement } from './bucket-elements.ts';

export async function getBucketAcl({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  const { acl } = await requireBucket(emulator.store, bucket);
  return xmlResponse('AccessControlPolicy', [ownerElement(emulator.account), ['AccessControlList', [['Grant', acl]]]]);
}
