import { checkAccountPublicAcl, checkPublicAcl } from '../bucket-configuration/public-access-block.ts';
import type { OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readBucketAcl } from './bucket-acl.ts';
import { checkNewBucketName } from './check-new-bucket-name.ts';
import { newBucket } from './new-bucket.ts';

/**
 * PutBucketAcl: without `x-oss-acl` nothing changes. A bucket that is not there is made (putbucketacl page; ali-oss and the
 * Java SDK test it).
 */
export async function putBucketAcl({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const acl = readBucketAcl(request.headers['x-oss-acl']);
  await checkAccountPublicAcl(emulator.store, bucket, acl);
  const changed = await emulator.store.updateBucket(bucket, (record) => {
    if (acl === undefined) return record;
    checkPublicAcl(record, acl);
    return { ...record, acl };
  });
  if (changed === undefined) {
    checkNewBucketName(bucket);
    await emulator.store.createBucket(newBucket(bucket, emulator.now(), acl === undefined ? {} : { acl }));
  }
  // ali-oss gives its caller the name that stands here.
  return { status: 200, headers: { Location: `/${bucket}` } };
}
