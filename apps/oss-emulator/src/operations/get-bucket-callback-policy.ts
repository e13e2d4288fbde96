import { requireBucket } from '../require-bucket.ts';
import { callbackPoliciesOf } from '../callback/callback-policies.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import { xmlResponse } from '../http/oss-response.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { XmlElement } from '../xml.ts';

export async function getBucketCallbackPolicy({ bucket, emulator }: OperationCall): Promise<OssResponse> {
  const policies = callbackPoliciesOf(await requireBucket(emulator.store, bucket));
  if (policies === undefined) throw new OssError('BucketCallbackPolicyNotExist', { BucketName: bucket });
  return xmlResponse(
    'BucketCallbackPolicy',
    policies.map(({ name, callback, callbackVar }): XmlElement => {
      return [
        'PolicyItem',
        [
          ['PolicyName', name],
          ['Callback', callback],
          ['CallbackVar', callbackVar],
        ],
      ];
    }),
  );
}
