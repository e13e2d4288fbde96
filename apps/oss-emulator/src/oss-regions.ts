/**
 * Regions of the public cloud, by general-purpose id. Source: GetBucketReplicationLocation as the Go SDK v1 has it recorded
 * (`oss/type_test.go`), which leaves out the bucket's own region, cn-hangzhou. What OSS opens later is missing here.
 */
export const ossRegions: readonly string[] = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'cn-beijing',
  'cn-chengdu',
  'cn-fuzhou',
  'cn-guangzhou',
  'cn-hangzhou',
  'cn-heyuan',
  'cn-hongkong',
  'cn-huhehaote',
  'cn-nanjing',
  'cn-qingdao',
  'cn-shanghai',
  'cn-shenzhen',
  'cn-wulanchabu',
  'cn-zhangjiakou',
  'eu-central-1',
  'eu-west-1',
  'me-central-1',
  'me-east-1',
  'rus-west-1',
  'us-east-1',
  'us-west-1',
];

/** Whether a region belongs to the Chinese mainland, whose border transfer acceleration is about. */
export function isMainlandRegion(region: string): boolean {
  return region.startsWith('cn-') && region !== 'cn-hongkong';
}
