import { accountQos } from '../bucket-configuration/qos-limits.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';

/** What the account may use in all; buckets may be given parts of it. */
export async function getUserQosInfo({ emulator }: OperationCall): Promise<OssResponse> {
  return xmlResponse('UserQosConfiguration', [['Region', `oss-${emulator.region}`], ...accountQos()]);
}
