import { settingText } from '../bucket-configuration/plain-configurations.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';

/**
 * Whoever asks a bucket that lets requesters pay has to be known, and has to say `x-oss-request-payer: requester`, in a
 * header or in the query; its own account need not.
 *
 * Pages of 0003-00000701 to 703; the message is in the Go SDK v2's tests.
 *
 * @throws {OssError} `AccessDenied`
 */
export async function requirePayer({ caller, request, bucket, emulator }: OperationCall): Promise<void> {
  if (caller.kind === 'owner' || bucket === '') return;
  const record = await emulator.store.getBucket(bucket);
  if (record === undefined || settingText(record, 'requestPayment', 'Payer', 'BucketOwner') !== 'Requester') return;
  if (caller.kind === 'anonymous') throw denied(bucket, '0003-00000701');
  const { headers, parameters } = request;
  const payers = [headers['x-oss-request-payer'], parameters.get('x-oss-request-payer')];
  if (payers.includes('requester')) return;
  throw denied(bucket, headers['authorization'] === undefined ? '0003-00000702' : '0003-00000703');
}

function denied(bucket: string, ec: string): OssError {
  const message = 'Access denied for requester pay bucket';
  return new OssError('AccessDenied', { BucketName: bucket }, { message, ec });
}
