import { isOverwriteForbidden } from '../bucket-configuration/overwrite-configuration.ts';
import type { OperationCall } from '../operation.ts';
import { principalsOf } from '../ram/principals-of.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { BucketRecord } from '../store/object-store.ts';

/** Whether an object that is there has to stay as it is: its uploader or the bucket says so. */
export function mustNotOverwrite(call: OperationCall, record: BucketRecord): boolean {
  return forbidsOverwrite(call.request.headers, record) || isProtected(call, record);
}

/** Where nothing is ever lost, the header has no effect (page PutObject). */
export function forbidsOverwrite(headers: RequestHeaders, { versioning }: BucketRecord): boolean {
  return versioning === undefined && headers['x-oss-forbid-overwrite']?.toLowerCase() === 'true';
}

/** By a rule of the bucket. */
export function isProtected({ key, caller, emulator }: OperationCall, record: BucketRecord): boolean {
  return isOverwriteForbidden(record, key, principalsOf(caller, emulator.account.id));
}
