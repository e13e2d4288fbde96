import { OssError } from '../oss-error.ts';
import type { BucketRecord } from '../store/object-store.ts';
import { bucketSetting } from './bucket-setting.ts';
import { childrenNamed, textAt } from './configuration-node.ts';
import { flag, group, many, oneOf, required, wholeNumber, withFallback, word } from './element-rules.ts';
import { isByAccessTime } from './lifecycle-configuration.ts';
import { checkQos, qosElements } from './qos-limits.ts';
import { isResourceGroup, DEFAULT_RESOURCE_GROUP } from './resource-group.ts';
import type { StoredConfiguration } from './stored-configuration.ts';

/**
 * Configurations that the emulator keeps and answers and does nothing else with. What each answers while a bucket has none
 * is in the SDKs' tests, or on the page of its Get operation.
 */
export const requestPayment: StoredConfiguration = {
  setting: 'requestPayment',
  root: 'RequestPaymentConfiguration',
  content: { Payer: required(oneOf('BucketOwner', 'Requester')) },
  absent: () => [['Payer', 'BucketOwner']],
};

export const transferAcceleration: StoredConfiguration = {
  setting: 'transferAcceleration',
  root: 'TransferAccelerationConfiguration',
  content: { Enabled: required(flag) },
  absent: ({ bucket }) => new OssError('NoSuchTransferAccelerationConfiguration', { BucketName: bucket }),
};

export const accessMonitor: StoredConfiguration = {
  setting: 'accessmonitor',
  root: 'AccessMonitorConfiguration',
  content: { Status: required(oneOf('Enabled', 'Disabled')), AllowCopy: flag },
  check: (document, { record }) => {
    const rules = childrenNamed(bucketSetting(record, 'lifecycle'), 'Rule');
    if (textAt(document, 'Status') === 'Disabled' && rules.some(isByAccessTime)) {
      throw new OssError('AccessMonitorDisableNotAllowed', { BucketName: record.name });
    }
  },
  absent: () => [['Status', 'Disabled']],
};

export const archiveDirectRead: StoredConfiguration = {
  setting: 'bucketArchiveDirectRead',
  root: 'ArchiveDirectReadConfiguration',
  content: { Enabled: withFallback(flag, 'false') },
  absent: () => [['Enabled', false]],
};

export const resourceGroup: StoredConfiguration = {
  setting: 'resourceGroup',
  root: 'BucketResourceGroupConfiguration',
  content: { ResourceGroupId: withFallback(word, DEFAULT_RESOURCE_GROUP) },
  check: (document) => {
    if (!isResourceGroup(textAt(document, 'ResourceGroupId') ?? '')) {
      throw new OssError('ResourceGroupIdPreCheckError');
    }
  },
  absent: () => [['ResourceGroupId', DEFAULT_RESOURCE_GROUP]],
};

export const userDefinedLogFields: StoredConfiguration = {
  setting: 'userDefinedLogFieldsConfig',
  root: 'UserDefinedLogFieldsConfiguration',
  content: { HeaderSet: group({ header: many(word) }), ParamSet: group({ parameter: many(word) }) },
  absent: ({ bucket }) => new OssError('NoSuchUserDefinedLogFieldsConfig', { BucketName: bucket }),
};

/** On no page; Go SDK v1, `TestBucketResponseHeader`. */
export const responseHeaders: StoredConfiguration = {
  setting: 'responseHeader',
  root: 'ResponseHeaderConfiguration',
  content: {
    Rule: required(
      many(
        group({
          Name: required(word),
          Filters: group({ Operation: many(word) }),
          HideHeaders: group({ Header: many(word) }),
        }),
      ),
    ),
  },
  absent: ({ bucket }) => new OssError('NoSuchResponseHeaderConfiguration', { BucketName: bucket }),
};

export const bucketQos: StoredConfiguration = {
  setting: 'qosInfo',
  root: 'QoSConfiguration',
  content: qosElements,
  check: checkQos,
  absent: ({ bucket }) => new OssError('NoSuchBucketQosInfo', { BucketName: bucket }),
};

/** -1: no limit. */
export const storageCapacity: StoredConfiguration = {
  setting: 'qos',
  root: 'BucketUserQos',
  content: { StorageCapacity: required(wholeNumber(Number.MIN_SAFE_INTEGER)) },
  check: (document) => {
    const capacity = textAt(document, 'StorageCapacity') ?? '';
    if (Number(capacity) < -1) {
      const message = 'StorageCapacity must be -1 or a number of gigabytes.';
      throw new OssError('InvalidArgument', { ArgumentName: 'StorageCapacity', ArgumentValue: capacity }, { message });
    }
  },
  absent: () => [['StorageCapacity', -1]],
};

/** Text of one element of a bucket's configuration, or what GET would answer in its place. */
export function settingText(bucket: BucketRecord, setting: string, element: string, absent: string): string {
  return textAt(bucketSetting(bucket, setting), element) ?? absent;
}
