import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { ownerElement } from './bucket-elements.ts';
import { withVersion } from './with-version.ts';
import { requireNamedObject } from './require-object.ts';

export async function getObjectAcl(call: OperationCall): Promise<OssResponse> {
  const object = await requireNamedObject(call);
  const answer = xmlResponse('AccessControlPolicy', [
    ownerElement(call.emulator.account),
    ['AccessControlList', [['Grant', object.acl ?? 'default']]],
  ]);
  return withVersion(answer, object);
}
