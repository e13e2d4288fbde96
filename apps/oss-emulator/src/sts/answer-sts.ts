import { randomUUID } from 'node:crypto';
import { failureLine } from '../failure-log.ts';
import type { OssResponse } from '../http/oss-response.ts';
import { authenticateSts } from './authenticate-sts.ts';
import type { NonceMemory } from './nonce-memory.ts';
import { renderStsAnswer, renderStsError } from './render-sts-response.ts';
import type { StsFormat } from './render-sts-response.ts';
import type { StsActionContext, StsAnswer } from './sts-action.ts';
import { stsActions } from './sts-actions.ts';
import { readStsCall } from './sts-call.ts';
import type { StsCall, StsRequest } from './sts-call.ts';
import { StsError } from './sts-error.ts';

export interface StsContext extends StsActionContext {
  readonly nonces: NonceMemory;
  /** One line per refused call. */
  readonly log: (line: string) => void;
}

const VERSION = '2015-04-01';

/** The Security Token Service: read, verify, act, render. It shares nothing with OSS but the account and its sessions. */
export async function answerSts(request: StsRequest, context: StsContext): Promise<OssResponse> {
  const requestId = randomUUID().toUpperCase();
  let format: StsFormat = formatOf(request.query.find(([name]) => name === 'Format')?.[1]);
  try {
    const call = await readStsCall(request);
    format = formatOf(call.parameter('Format'));
    const { name, answer } = act(call, context);
    return renderStsAnswer(name, [['RequestId', requestId], ...answer], format);
  } catch (error) {
    if (isOfConnection(error)) throw error;
    const refusal = error instanceof StsError ? error : new StsError('InternalError', { cause: error });
    const { receivedAt: now, method, hostName } = request;
    context.log(failureLine(refusal, { now, requestId, method, target: `sts ${hostName}` }));
    return renderStsError(refusal, { requestId, hostId: hostName }, format);
  }
}

function act(call: StsCall, context: StsContext): { readonly name: string; readonly answer: StsAnswer } {
  if (call.method !== 'GET' && call.method !== 'POST') throw new StsError('InvalidParameter');
  const { action: name, version } = call;
  if (name === undefined) throw new StsError('MissingAction');
  if (version === undefined) throw new StsError('MissingVersion');
  const caller = authenticateSts(call, context);
  if (version !== VERSION || !isStsActionName(name)) throw new StsError('InvalidParameter');
  return { name, answer: stsActions[name](call, caller, context) };
}

function isStsActionName(name: string): name is keyof typeof stsActions {
  return Object.hasOwn(stsActions, name);
}

/** JSON is the default of the common parameters' page; the older page of responses says XML. */
function formatOf(text: string | undefined): StsFormat {
  return text?.toUpperCase() === 'XML' ? 'XML' : 'JSON';
}

/** A client that went away is the server's to log. */
function isOfConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
