import { withCallbackPolicies } from '../callback/callback-policies.ts';
import type { CallbackPolicy } from '../callback/callback-policies.ts';
import { decodeParam, decodeVariables } from '../callback/callback-request.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { childText, parseXml } from '../parse-xml.ts';
import type { XmlNode } from '../parse-xml.ts';
import { readSmallBody } from '../http/request-body.ts';
import { updateBucket } from './update-bucket.ts';

/** Ours: some twenty callbacks of full length. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Replaces the callbacks that are kept with a bucket; an empty list is a policy too (tests of the Java and Python SDKs). Each
 * has to be one that an upload could carry itself (assumed: no page describes the operation).
 */
export async function putBucketCallbackPolicy(call: OperationCall): Promise<OssResponse> {
  const document = parseXml((await readSmallBody(call.request.body, MAX_BODY_BYTES)).toString('utf8'));
  if (document?.name !== 'BucketCallbackPolicy') throw new OssError('MalformedXML');
  const policies = document.children.filter(({ name }) => name === 'PolicyItem').map(readPolicy);
  if (new Set(policies.map(({ name }) => name)).size < policies.length) {
    throw new OssError('InvalidArgument', { ArgumentName: 'PolicyName' }, { message: 'A policy name is there twice.' });
  }
  await updateBucket(call, (bucket) => withCallbackPolicies(bucket, policies));
  return { status: 200 };
}

function readPolicy(item: XmlNode): CallbackPolicy {
  const name = childText(item, 'PolicyName') ?? '';
  const callback = childText(item, 'Callback') ?? '';
  const callbackVar = childText(item, 'CallbackVar') ?? '';
  if (name === '') throw new OssError('MalformedXML');
  decodeVariables(callbackVar);
  if (decodeParam(callback) === undefined) {
    throw new OssError(
      'InvalidArgument',
      { ArgumentName: 'Callback', ArgumentValue: callback },
      { message: 'The callback of a policy must have a callbackUrl.' },
    );
  }
  return { name, callback, callbackVar };
}
