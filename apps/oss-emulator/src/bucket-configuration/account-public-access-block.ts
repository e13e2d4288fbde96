import { newBucket } from '../operations/new-bucket.ts';
import type { OperationCall, OperationHandler } from '../operation.ts';
import { ACCOUNT_RECORD } from './account-record.ts';
import { publicAccessBlock } from './public-access-block.ts';
import { deleteConfiguration, getConfiguration, putConfiguration } from './stored-configuration.ts';

/**
 * PutPublicAccessBlock and its like are those of a bucket, about every bucket of the account. Source: the
 * putpublicaccessblock page, and the tests of oss2, Go SDK v2 and Java SDK.
 */
export const putPublicAccessBlock: OperationHandler = forAccount(putConfiguration(publicAccessBlock));
export const getPublicAccessBlock: OperationHandler = forAccount(getConfiguration(publicAccessBlock));
export const deletePublicAccessBlock: OperationHandler = forAccount(deleteConfiguration(publicAccessBlock));

/** Makes the record when it is first needed: at the beginning, and after a reset. */
function forAccount(handle: OperationHandler): OperationHandler {
  return async (call: OperationCall) => {
    const { store, now } = call.emulator;
    if ((await store.getBucket(ACCOUNT_RECORD)) === undefined)
      await store.createBucket(newBucket(ACCOUNT_RECORD, now()));
    return handle({ ...call, bucket: ACCOUNT_RECORD });
  };
}
