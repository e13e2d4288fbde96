import { requireBucket } from '../require-bucket.ts';
import type { OperationHandler } from '../operation.ts';
import { isMainlandRegion, ossRegions } from '../oss-regions.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';

/** Between these, replication can be held to a time. Source: as for `ossRegions`. */
const RTC_REGIONS = ['cn-beijing', 'cn-hangzhou', 'cn-qingdao', 'cn-shanghai', 'cn-shenzhen', 'cn-zhangjiakou'];

/**
 * Where objects could be copied to: all regions but the bucket's own. Acceleration is for those across the border of the Chinese
 * mainland, time control for some within it, as recorded for a bucket in cn-hangzhou (Go SDK v1, `oss/type_test.go`); that
 * the other side of the border has the mirror image is assumed.
 */
export const getBucketReplicationLocation: OperationHandler = async ({ emulator, bucket }) => {
  await requireBucket(emulator.store, bucket);
  const { region } = emulator;
  const others = ossRegions.filter((other) => other !== region);
  const acrossBorder = others.filter((other) => isMainlandRegion(other) !== isMainlandRegion(region));
  const withinTime = RTC_REGIONS.includes(region) ? RTC_REGIONS.filter((other) => other !== region) : [];
  return xmlResponse('ReplicationLocation', [
    ...others.map(locationElement),
    [
      'LocationTransferTypeConstraint',
      acrossBorder.map((other) => [
        'LocationTransferType',
        [locationElement(other), ['TransferTypes', [['Type', 'oss_acc']]]],
      ]),
    ],
    ['LocationRTCConstraint', withinTime.map(locationElement)],
  ]);
};

function locationElement(region: string): XmlElement {
  return ['Location', `oss-${region}`];
}
