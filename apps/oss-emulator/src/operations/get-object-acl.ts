import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { ownerElement } from './bucket-elements.ts';
import { requireObject } from './require-object.ts';

export async function getObjectAcl({ bucket, key, emulator }: OperationCall): Promise<OssResponse> {
  const { acl = 'default' } = await requireObject(emulator.store, bucket, key);
  return xmlResponse('AccessControlPolicy', [ownerElement(emulator.account), ['AccessControlList', [['Grant', acl]]]]);
}
