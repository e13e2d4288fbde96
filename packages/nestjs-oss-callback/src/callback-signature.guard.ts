import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { verifyCallbackSignature } from '@oss-callback/oss-callback';
import { type CallbackArrival, findArrival, recordArrival } from './callback-arrival.ts';
import { readCallbackHeaders } from './callback-headers.ts';
import { CALLBACK_POLICY, type CallbackPolicy } from './callback-policy.ts';
import { callbackRefusal } from './callback-refusals.ts';
import { CallbackRefusedException } from './callback-refused.exception.ts';
import { type FrameworkRequest, frameworkRequestOf, nodeRequestOf } from './node-request.ts';
import { readRawBody } from './read-raw-body.ts';
import { recordSignedBytes } from './verified-callback.ts';

/**
 * Lets through what OSS signed. Looks at the raw bytes only; nothing parses the body before this guard has passed.
 * A pass is not permission: {@link UploadTicketGuard} decides whether the upload is one of ours.
 */
@Injectable()
export class CallbackSignatureGuard implements CanActivate {
  constructor(@Inject(CALLBACK_POLICY) private readonly policy: CallbackPolicy) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = frameworkRequestOf(context);
    if (!request.originalUrl.startsWith('/')) {
      // An absolute-form target reaches this route as well, but it is not what OSS sends nor what OSS signs.
      throw callbackRefusal('target-not-a-path');
    }
    const headers = readCallbackHeaders(nodeRequestOf(request).rawHeaders);
    if (!headers.ok) {
      throw callbackRefusal('duplicate-header');
    }
    const { body } = await this.arrivalOf(request);
    if (!body.ok) {
      throw callbackRefusal(body.reason);
    }
    const verification = verifyCallbackSignature(
      {
        requestTarget: this.policy.externalPathPrefix + request.originalUrl,
        body: body.bytes,
        authorization: headers.authorization,
        publicKeyUrl: headers.publicKeyUrl,
      },
      { publicKeys: this.policy.publicKeys },
    );
    if (!verification.ok) {
      throw callbackRefusal(verification.reason);
    }
    recordSignedBytes(context, {
      rawBody: body.bytes,
      contentType: headers.contentType,
      publicKeyUrl: verification.publicKeyUrl,
    });
    return true;
  }

  /** Fastify has read the body already, see `keepRawBodies`. Express: Nest kept it (`rawBody: true`), or nobody read it. */
  private async arrivalOf(request: FrameworkRequest): Promise<CallbackArrival> {
    const node = nodeRequestOf(request);
    const known = findArrival(node);
    if (known !== undefined) {
      return known;
    }
    const arrivedAtMs = performance.now();
    const arrival = Buffer.isBuffer(request.rawBody)
      ? { arrivedAtMs, body: { ok: true as const, bytes: request.rawBody } }
      : { arrivedAtMs, body: await this.readUnparsed(node) };
    recordArrival(node, arrival);
    return arrival;
  }

  private readUnparsed(node: ReturnType<typeof nodeRequestOf>): ReturnType<typeof readRawBody> {
    if (node.readableDidRead) {
      const cause = new TypeError(
        'a body parser ran first: create the application with { rawBody: true } or without it',
      );
      const message = 'The callback could not be handled.';
      throw new CallbackRefusedException({ status: 500, code: 'raw-body-missing', message }, { cause });
    }
    const { maxBodyBytes, bodyTimeoutMs } = this.policy;
    return readRawBody(node, node.headers['content-length'], { maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs });
  }
}
