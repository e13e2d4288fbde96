import type { IncomingMessage } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';
import type { CallbackFields, UploadTicketClaims } from '@oss-callback/oss-callback';
import { CallbackRefusedException } from './callback-refused.exception.ts';
import { frameworkRequestOf, nodeRequestOf } from './node-request.ts';

/** The bytes of a callback that OSS signed. That alone says nothing about whose upload it was: the key is shared by all customers. */
export interface CallbackBytes {
  /** The body exactly as it was signed. */
  readonly rawBody: Buffer;
  readonly contentType: string | undefined;
  /** URL of the key that verified it. */
  readonly publicKeyUrl: string;
}

/** A callback for an upload that this application granted: signature, ticket and binding hold. */
export interface VerifiedCallback extends CallbackBytes {
  /** The fields of the body, flat; no duplicates, no prototype. */
  readonly fields: CallbackFields;
  /** What the ticket was issued for. Everything in it can be relied on. */
  readonly claims: UploadTicketClaims;
}

const signedBodies = new WeakMap<IncomingMessage, CallbackBytes>();
const verifiedCallbacks = new WeakMap<IncomingMessage, VerifiedCallback>();

export function recordSignedBytes(context: ExecutionContext, callback: CallbackBytes): void {
  signedBodies.set(nodeRequestOf(frameworkRequestOf(context)), callback);
}

export function recordVerifiedCallback(context: ExecutionContext, callback: VerifiedCallback): void {
  verifiedCallbacks.set(nodeRequestOf(frameworkRequestOf(context)), callback);
}

/** @throws CallbackRefusedException 500 when {@link CallbackSignatureGuard} has not run before */
export function requireSignedBytes(context: ExecutionContext): CallbackBytes {
  return requireFrom(signedBodies, context, 'CallbackSignatureGuard');
}

/** @throws CallbackRefusedException 500 when {@link UploadTicketGuard} has not run before */
export function requireVerifiedCallback(context: ExecutionContext): VerifiedCallback {
  return requireFrom(verifiedCallbacks, context, 'UploadTicketGuard');
}

function requireFrom<T>(callbacks: WeakMap<IncomingMessage, T>, context: ExecutionContext, guard: string): T {
  const callback = callbacks.get(nodeRequestOf(frameworkRequestOf(context)));
  if (callback === undefined) {
    throw new CallbackRefusedException(
      { status: 500, code: 'callback-failed', message: 'The callback could not be handled.' },
      { cause: new TypeError(`${guard} has not run on this route: use @OssCallbackEndpoint()`) },
    );
  }
  return callback;
}
