import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CallbackRefusedException } from './callback-refused.exception.ts';
import { prepareJson } from './prepare-json.ts';

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Answers everything that goes wrong on a callback route: always JSON with a Content-Length, never a 2xx or 3xx. OSS
 * shows what happened to the uploader, so only texts of {@link CallbackRefusedException} are passed on; any other error
 * is named by its status alone and goes to the log.
 */
@Catch()
export class OssCallbackExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger('OssCallback');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const refusal = toRefusal(exception);
    if (refusal.status >= 500) {
      this.logger.error(`callback failed: ${refusal.code}`, stackOf(exception));
    } else {
      this.logger.warn(`callback refused: ${refusal.code}`);
    }
    const http = host.switchToHttp();
    const response: unknown = http.getResponse();
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.isHeadersSent(response)) {
      return;
    }
    const body = Buffer.from(JSON.stringify({ error: { code: refusal.code, message: refusal.message } }));
    // Part of the body may still be on its way; nobody is going to read it.
    adapter.setHeader(response, 'connection', 'close');
    adapter.reply(response, prepareJson(adapter, response, body), refusal.status);
  }
}

function toRefusal(exception: unknown): Refusal {
  if (exception instanceof CallbackRefusedException) {
    return { status: errorStatus(exception.getStatus()), code: exception.code, message: exception.message };
  }
  if (exception instanceof HttpException) {
    const status = errorStatus(exception.getStatus());
    return status >= 500
      ? { status, code: 'callback-failed', message: 'The callback could not be handled.' }
      : { status, code: 'callback-refused', message: 'The callback was refused.' };
  }
  return { status: 500, code: 'callback-failed', message: 'The callback could not be handled.' };
}

/** An exception may carry any number; a refusal must never look like a success to OSS, which takes exactly 200 for one. */
function errorStatus(status: number): number {
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500;
}

/** With the causes: the reason of a database error, for example, is a cause of the error that names the query. */
function stackOf(exception: unknown): string {
  const stacks: string[] = [];
  for (let error = exception; error !== undefined && stacks.length < 5;) {
    stacks.push(error instanceof Error ? (error.stack ?? error.message) : typeof error);
    error = error instanceof Error ? error.cause : undefined;
  }
  return stacks.join('\ncaused by ');
}
