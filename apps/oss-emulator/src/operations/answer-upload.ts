import { callbackFailure } from '@oss-callback/oss-callback';
import { uncalledFix } from '../callback/callback-fix.ts';
import type { RequestedCallback } from '../callback/callback-request.ts';
import { callbackFailedError } from '../callback/send-callback.ts';
import type { Caller, OperationCall } from '../operation.ts';
import type { OssResponse } from '../http/oss-response.ts';
import type { NewObject } from '../store/object-store.ts';
import { uploadCallbackValues } from './upload-callback-values.ts';

/** An object that is stored, and the callback that its upload asked for. */
export interface FinishedUpload {
  readonly object: NewObject;
  readonly sizeBytes: number;
  readonly requested: RequestedCallback | undefined;
  /** The field `callback` of a form; elsewhere the request has it. */
  readonly formCallback?: string | undefined;
}

/**
 * The end of every upload that can have a callback: sends it while the client waits, and answers with what the receiver
 * said in place of OSS's own body.
 * @param answer what OSS answers when there is no callback; its headers stay in any case, for the object is stored
 * @throws {OssError} `CallbackFailed` (203)
 */
export async function answerUpload(
  call: OperationCall,
  { object, sizeBytes, requested, formCallback }: FinishedUpload,
  answer: OssResponse,
): Promise<OssResponse> {
  if (requested === undefined) {
    warnOfNoCall(call, object, formCallback);
    return answer;
  }
  const { callbacks, account } = call.emulator;
  const { headers = {} } = answer;
  const uploaded = { object, sizeBytes, template: requested.callback.body };
  const values = await uploadCallbackValues(call, uploaded).catch((error: unknown) => {
    throw callbackFailedError({ ...callbackFailure('image-info'), cause: error }, headers);
  });
  const outcome = await callbacks.send({
    requested,
    values,
    operation: call.operation.name,
    requestId: call.request.requestId,
    requesterId: requesterId(call.caller, account.id),
  });
  if (outcome.outcome === 'failed') throw callbackFailedError(outcome, headers);
  return { status: 200, headers: { ...headers, 'Content-Type': outcome.contentType }, body: outcome.body };
}

function requesterId(caller: Caller, ownerId: string): string {
  if (caller.kind === 'anonymous') return '';
  return caller.kind === 'other-account' ? caller.accountId : ownerId;
}

/** OSS stores the object and calls nobody, and whoever waits for the callback wonders. */
function warnOfNoCall({ request, emulator }: OperationCall, { bucket, key }: NewObject, formCallback?: string): void {
  const text = formCallback ?? request.headers['x-oss-callback'] ?? request.parameters.get('callback') ?? '';
  const fix = text === '' ? undefined : uncalledFix(text);
  if (fix !== undefined) emulator.warn(request, `${bucket}/${key}`, `nobody is called: ${fix}`);
}
