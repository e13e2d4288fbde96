import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, throwError, timeout } from 'rxjs';
import { findArrival } from './callback-arrival.ts';
import { CALLBACK_POLICY, type CallbackPolicy } from './callback-policy.ts';
import { callbackRefusal } from './callback-refusals.ts';
import { frameworkRequestOf, nodeRequestOf } from './node-request.ts';

/**
 * Answers 503 while OSS still listens, when the handler takes too long: OSS waits five seconds in all, and an answer it
 * no longer hears leaves the uploader with a timeout instead of a reason. The handler is not stopped; what it commits
 * late stays committed, and the upload is then found by asking the application.
 */
@Injectable()
export class CallbackDeadlineInterceptor implements NestInterceptor {
  constructor(@Inject(CALLBACK_POLICY) private readonly policy: CallbackPolicy) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const arrival = findArrival(nodeRequestOf(frameworkRequestOf(context)));
    const elapsedMs = performance.now() - (arrival?.arrivedAtMs ?? performance.now());
    return next.handle().pipe(
      timeout({
        first: Math.max(1, this.policy.deadlineMs - elapsedMs),
        with: () => throwError(() => callbackRefusal('deadline-exceeded')),
      }),
    );
  }
}
