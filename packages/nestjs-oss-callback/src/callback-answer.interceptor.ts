import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { map, type Observable } from 'rxjs';
import { CallbackRefusedException } from './callback-refused.exception.ts';
import { prepareJson } from './prepare-json.ts';

/** OSS takes at most 1 MB (documentation page "Callback"); a page of it elsewhere says 3 MB, so the smaller one. */
const MAX_ANSWER_BYTES = 1_048_576;

/**
 * Sends what the handler returns the way OSS takes it: JSON with a Content-Length, without which OSS reports a failed
 * callback. A `Buffer` is sent as the JSON text it holds, so a stored answer can be repeated byte for byte; `undefined`
 * becomes `{}`, since an empty body is not JSON.
 */
@Injectable()
export class CallbackAnswerInterceptor implements NestInterceptor {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<Buffer | string> {
    return next.handle().pipe(
      map((answer) => {
        const body = Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer ?? {}));
        if (body.length > MAX_ANSWER_BYTES) {
          throw new CallbackRefusedException(
            { status: 500, code: 'callback-failed', message: 'The callback could not be handled.' },
            { cause: new RangeError(`the answer has ${body.length} bytes, OSS takes ${MAX_ANSWER_BYTES}`) },
          );
        }
        const response: unknown = context.switchToHttp().getResponse();
        const adapter = this.adapterHost.httpAdapter;
        return prepareJson(adapter, response, body);
      }),
    );
  }
}
