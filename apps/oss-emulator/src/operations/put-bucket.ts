import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../oss-response.ts';
import { readSmallBody } from '../request-body.ts';
import type { BucketAcl } from '../store/object-store.ts';
import { wholeSeconds } from './object-head.ts';
import { readStorageClass } from './storage-class.ts';

const BUCKET_ACLS: readonly string[] = ['private', 'public-read', 'public-read-write'] satisfies BucketAcl[];

const MAX_CONFIGURATION_BYTES = 16 * 1024;

/**
 * PutBucket: private unless `x-oss-acl` says otherwise. Creating a bucket that is ours already succeeds and changes
 * nothing (documented for the owner; that it does not change the ACL of a bucket is the emulator's limit).
 */
export async function putBucket({ request, bucket, emulator }: OperationCall): Promise<OssResponse> {
  const acl = request.headers['x-oss-acl'] ?? 'private';
  if (!isBucketAcl(acl)) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'x-oss-acl', ArgumentValue: acl },
      { message: 'no such bucket access control exists' },
    );
  }
  const configuration = (await readSmallBody(request.body, MAX_CONFIGURATION_BYTES)).toString('utf8');
  checkConfiguration(configuration, emulator.region);
  await emulator.store.createBucket({
    name: bucket,
    createdAt: wholeSeconds(emulator.now()),
    acl,
    storageClass: readStorageClass(elementText(configuration, 'StorageClass')) ?? 'Standard',
    settings: {},
  });
  return { status: 200, headers: { Location: `/${bucket}` } };
}

function isBucketAcl(text: string): text is BucketAcl {
  return BUCKET_ACLS.includes(text);
}

/** `<CreateBucketConfiguration>` or nothing; a region that is not ours is refused (Java SDK, CreateBucketTest). */
function checkConfiguration(xml: string, region: string): void {
  if (xml.trim() === '') return;
  if (xml.includes('<!') || !/<CreateBucketConfiguration[\s/>]/.test(xml)) throw new OssError('MalformedXML');
  const location = elementText(xml, 'LocationConstraint');
  if (location !== undefined && location !== '' && location !== `oss-${region}`) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'LocationConstraint', ArgumentValue: location },
      { message: 'The specified location-constraint is not valid' },
    );
  }
}

/** Enough for a document that has neither attributes nor nesting nor entities. */
function elementText(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim();
}
