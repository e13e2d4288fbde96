import { settingText } from '../bucket-configuration/plain-configurations.ts';
import { DEFAULT_RESOURCE_GROUP } from '../bucket-configuration/resource-group.ts';
import type { Account } from '../emulator-context.ts';
import type { BucketRecord } from '../store/object-store.ts';
import type { XmlElement } from '../xml.ts';

/**
 * Endpoints are OSS's for the region, not the emulator's: SDK tests look for `.aliyuncs.com`, and the Go SDK builds
 * clients of them only for cross-region clean-up.
 */
export function bucketElements(bucket: BucketRecord, region: string, show: { resourceGroup: boolean }): XmlElement[] {
  return [
    ['CreationDate', bucket.createdAt],
    ['ExtranetEndpoint', `oss-${region}.aliyuncs.com`],
    ['IntranetEndpoint', `oss-${region}-internal.aliyuncs.com`],
    ['Location', `oss-${region}`],
    ['Name', bucket.name],
    ['Region', region],
    ['ResourceGroupId', show.resourceGroup ? resourceGroupOf(bucket) : undefined],
    ['StorageClass', bucket.storageClass],
  ];
}

/** @returns the id of the group the bucket was put in */
export function resourceGroupOf(bucket: BucketRecord): string {
  return settingText(bucket, 'resourceGroup', 'ResourceGroupId', DEFAULT_RESOURCE_GROUP);
}

/** OSS shows the account id as the name too. */
export function ownerElement(account: Account): XmlElement {
  return [
    'Owner',
    [
      ['ID', account.id],
      ['DisplayName', account.id],
    ],
  ];
}
