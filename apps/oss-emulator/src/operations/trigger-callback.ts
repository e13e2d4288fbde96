import { createHash } from 'node:crypto';
import { percentDecode } from '@oss-callback/oss-signing';
import { requireBucket } from '../require-bucket.ts';
import { decodeCallback, decodeVariables } from '../callback/callback-request.ts';
import type { OperationCall } from '../operation.ts';
import { OssError } from '../oss-error.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { readSmallBody } from '../http/request-body.ts';
import { answerUpload } from './answer-upload.ts';
import { decodeContentMd5 } from './content-md5.ts';
import { requireObject } from './require-object.ts';

/** Callback and variables have 5 KB each. */
const MAX_BODY_BYTES = 16 * 1024;

const TRIGGER = /^x-oss-process=trigger\/callback(?:,(.*))?$/s;

/**
 * TriggerCallback of the Android and iOS SDKs: sends the callback of an object that is there, and answers what the receiver
 * says. Of everything else that POST `?x-oss-process` can mean nothing is built.
 *
 * Wire form: oss-android-sdk 2.9.21, `OSSUtils.buildTriggerCallbackBody`; no page describes it.
 */
export async function triggerCallback(call: OperationCall): Promise<OssResponse> {
  const { request, bucket, key, emulator } = call;
  const expectedMd5 = decodeContentMd5(request.headers['content-md5']);
  const record = await requireBucket(emulator.store, bucket);
  const body = await readSmallBody(request.body, MAX_BODY_BYTES);
  if (expectedMd5 !== undefined && !createHash('md5').update(body).digest().equals(expectedMd5)) {
    throw new OssError('InvalidDigest');
  }
  const { callback, callbackVar } = readTrigger(body.toString('utf8'));
  const requested = decodeCallback(callback, () => decodeVariables(callbackVar), record);
  if (requested === undefined) throw invalidProcess('The callback of a trigger must have a callbackUrl.');
  await emulator.callbacks.checkTargets(requested);
  const object = await requireObject(emulator.store, bucket, key);
  return answerUpload(call, { object, sizeBytes: object.sizeBytes, requested }, { status: 200 });
}

function readTrigger(body: string): { readonly callback: string; readonly callbackVar: string } {
  const text = percentDecode(body) ?? body;
  const trigger = TRIGGER.exec(text);
  if (trigger === null) {
    throw new OssError('NotImplemented', {}, { message: `Processing by ${text.slice(0, 64)} is not implemented.` });
  }
  const parameters = (trigger[1] ?? '').split(',');
  const valueOf = (prefix: string): string =>
    standardBase64(parameters.find((parameter) => parameter.startsWith(prefix))?.slice(prefix.length) ?? '');
  return { callback: valueOf('callback_'), callbackVar: valueOf('callback-var_') };
}

/** Parameters of `x-oss-process` are URL-safe elsewhere, without padding. */
function standardBase64(text: string): string {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
}

function invalidProcess(message: string): OssError {
  return new OssError('InvalidArgument', { ArgumentName: 'x-oss-process' }, { message });
}
