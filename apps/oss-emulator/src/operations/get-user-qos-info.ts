import { accountQos } from '../bucket-configuration/qos-limits.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';

/** What the account may use in all; buckets may be given parts of it. The Go SDK v1 reads no other document element. */
export async function getUserQosInfo({ emulator }: OperationCall): Promise<OssResponse> {
  return xmlResponse('QoSConfiguration', [['Region', `oss-${emulator.region}`], ...accountQos()]);
}
