import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { changeObject } from './change-object.ts';
import { readObjectAcl } from './object-acl.ts';
import { withVersion } from './with-version.ts';

/** PutObjectAcl: the header is demanded here (assumed; the page calls it optional and names no effect of leaving it out). */
export async function putObjectAcl(call: OperationCall): Promise<OssResponse> {
  const { headers } = call.request;
  if (headers['x-oss-object-acl'] === undefined) {
    throw new OssError('MissingArgument', { ArgumentName: 'x-oss-object-acl' });
  }
  const acl = readObjectAcl(headers);
  const object = await changeObject(call, () => ({ acl }));
  return withVersion({ status: 200 }, object);
}
