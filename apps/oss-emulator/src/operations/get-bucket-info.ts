import { requireBucket } from '../authorize.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../oss-response.ts';
import type { OssResponse } from '../oss-response.ts';
import { bucketElements, ownerElement } from './bucket-elements.ts';

/** Members that no operation of the emulator can change have the value a new bucket has (Go SDK v2, bucket tests). */
export async function getBucketInfo({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  const record = await requireBucket(emulator.store, bucket);
  return xmlResponse('BucketInfo', [
    [
      'Bucket',
      [
        ...bucketElements(record, emulator.region),
        ['Versioning', record.versioning],
        ['AccessMonitor', 'Disabled'],
        ['TransferAcceleration', 'Disabled'],
        ['CrossRegionReplication', 'Disabled'],
        ['DataRedundancyType', 'LRS'],
        ['BlockPublicAccess', record.acl === 'private'],
        ['Comment', ''],
        ownerElement(emulator.account),
        ['AccessControlList', [['Grant', record.acl]]],
        ['ServerSideEncryptionRule', [['SSEAlgorithm', 'None']]],
        [
          'BucketPolicy',
          [
            ['LogBucket', ''],
            ['LogPrefix', ''],
          ],
        ],
      ],
    ],
  ]);
}
