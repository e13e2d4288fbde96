import { applyDecorators, HttpCode, Post, SetMetadata, UseFilters, UseGuards, UseInterceptors } from '@nestjs/common';
import { CallbackAnswerInterceptor } from './callback-answer.interceptor.ts';
import { CallbackDeadlineInterceptor } from './callback-deadline.interceptor.ts';
import { CallbackSignatureGuard } from './callback-signature.guard.ts';
import { OSS_CALLBACK_ROUTE } from './fastify-raw-body.ts';
import { OssCallbackExceptionFilter } from './oss-callback-exception.filter.ts';
import { UploadTicketGuard } from './upload-ticket.guard.ts';

/** The key behind `@RouteConfig()` of @nestjs/platform-fastify, written out so that Express needs not install it. */
const FASTIFY_ROUTE_CONFIG = '__fastify_route_config__';

/**
 * Makes a controller method the endpoint that OSS calls: `POST path`, raw bytes → signature → parse → ticket → binding →
 * your method, its answer as 200 JSON, every refusal as JSON with another status.
 *
 * @param path as in `@Post()`
 */
export function OssCallbackEndpoint(path?: string): MethodDecorator {
  return applyDecorators(
    Post(path),
    // Nest answers a POST 201, which OSS takes for a failed callback.
    HttpCode(200),
    SetMetadata(FASTIFY_ROUTE_CONFIG, { [OSS_CALLBACK_ROUTE]: true }),
    UseGuards(CallbackSignatureGuard, UploadTicketGuard),
    UseInterceptors(CallbackAnswerInterceptor, CallbackDeadlineInterceptor),
    UseFilters(OssCallbackExceptionFilter),
  );
}
