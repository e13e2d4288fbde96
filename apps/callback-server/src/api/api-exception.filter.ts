import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { queryFailure } from '../database/query-failure.ts';
import { type ApiErrorCode, ApiException, apiErrors } from './api.exception.ts';

/** Answers every error outside the callback route, the framework's own included, in the one JSON shape. */
@Catch()
export class ApiExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger('Api');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const error = toApiException(exception);
    const status = error.getStatus();
    if (status >= 500) {
      this.logger.error(error.code, error.cause instanceof Error ? error.cause.stack : undefined);
    }
    const response: unknown = host.switchToHttp().getResponse();
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.isHeadersSent(response)) {
      return;
    }
    const body = Buffer.from(JSON.stringify({ error: { code: error.code, message: error.message } }));
    adapter.setHeader(response, 'content-type', 'application/json');
    adapter.setHeader(response, 'content-length', String(body.length));
    adapter.setHeader(response, 'cache-control', 'no-store');
    adapter.reply(response, body, status);
  }
}

function toApiException(exception: unknown): ApiException {
  if (exception instanceof ApiException) {
    return exception;
  }
  if (exception instanceof DrizzleQueryError) {
    return new ApiException('temporarily-unavailable', undefined, { cause: queryFailure(exception) });
  }
  return new ApiException(codeFor(statusOf(exception)), undefined, { cause: exception });
}

/** Nest's exceptions and Fastify's errors both tell their status, by different names. */
function statusOf(exception: unknown): number {
  if (!(exception instanceof Error)) {
    return 500;
  }
  const { status, statusCode } = exception as { status?: unknown; statusCode?: unknown };
  return typeof statusCode === 'number' ? statusCode : typeof status === 'number' ? status : 500;
}

function codeFor(status: number): ApiErrorCode {
  const codes = Object.keys(apiErrors) as ApiErrorCode[];
  return (
    codes.find((code) => apiErrors[code].status === status) ??
    (status >= 400 && status < 500 ? 'invalid-request' : 'internal-error')
  );
}
