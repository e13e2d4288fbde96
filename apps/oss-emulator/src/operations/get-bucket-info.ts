import { requireBucket } from '../require-bucket.ts';
import { bucketEncryption } from '../bucket-configuration/encryption-configuration.ts';
import { bucketSetting } from '../bucket-configuration/bucket-setting.ts';
import { textAt } from '../bucket-configuration/configuration-node.ts';
import { settingText } from '../bucket-configuration/plain-configurations.ts';
import { publicAccessBlock } from '../bucket-configuration/public-access-block.ts';
import { replicationRules } from '../bucket-configuration/replication-rules.ts';
import type { OperationCall } from '../operation.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';
import { bucketElements, ownerElement } from './bucket-elements.ts';
import { redundancyType } from './data-redundancy.ts';

/** Order and members: the getbucketinfo page, and what the Go SDK v2's tests read of a new bucket. */
export async function getBucketInfo({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  const record = await requireBucket(emulator.store, bucket);
  return xmlResponse('BucketInfo', [
    [
      'Bucket',
      [
        ...bucketElements(record, emulator.region, { resourceGroup: true }),
        ['Versioning', record.versioning],
        ['AccessMonitor', settingText(record, 'accessmonitor', 'Status', 'Disabled')],
        ['TransferAcceleration', isEnabled(settingText(record, 'transferAcceleration', 'Enabled', 'false') === 'true')],
        ['CrossRegionReplication', isEnabled(replicationRules(record, emulator.now()).length > 0)],
        ['DataRedundancyType', redundancyType(record, emulator.now())],
        ['BlockPublicAccess', blockPublicAccess(record)],
        ['Comment', ''],
        ownerElement(emulator.account),
        ['AccessControlList', [['Grant', record.acl]]],
        encryptionElement(record),
        loggingElement(record),
      ],
    ],
  ]);
}

function isEnabled(enabled: boolean): string {
  return enabled ? 'Enabled' : 'Disabled';
}

/** New buckets of OSS block public access; here they let themselves be opened, but a private one says the same. */
function blockPublicAccess(bucket: BucketRecord): string {
  return settingText(bucket, publicAccessBlock.setting, 'BlockPublicAccess', String(bucket.acl === 'private'));
}

/** `None` for a bucket without a rule: SDKs read it as nothing. */
function encryptionElement(bucket: BucketRecord): XmlElement {
  const encryption = bucketEncryption(bucket);
  return [
    'ServerSideEncryptionRule',
    [
      ['SSEAlgorithm', encryption?.algorithm ?? 'None'],
      ['KMSMasterKeyID', encryption?.algorithm === 'KMS' ? (encryption.keyId ?? '') : undefined],
      ['KMSDataEncryption', encryption?.dataEncryption],
    ],
  ];
}

function loggingElement(bucket: BucketRecord): XmlElement {
  const logging = bucketSetting(bucket, 'logging');
  return [
    'BucketPolicy',
    [
      ['LogBucket', textAt(logging, 'LoggingEnabled', 'TargetBucket') ?? ''],
      ['LogPrefix', textAt(logging, 'LoggingEnabled', 'TargetPrefix') ?? ''],
    ],
  ];
}
