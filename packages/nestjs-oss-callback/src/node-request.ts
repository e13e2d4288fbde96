import type { IncomingMessage } from 'node:http';
import type { ExecutionContext } from '@nestjs/common';

/** What Nest calls the request, reduced to what Fastify's and Express's have in common. */
export interface FrameworkRequest {
  /** Fastify: Node's own request. Express's request *is* Node's. */
  readonly raw?: IncomingMessage;
  /** The target as it came, before any middleware rewrote `url`. */
  readonly originalUrl: string;
  /** Kept by Nest when the application was created with `rawBody: true`. */
  readonly rawBody?: unknown;
}

export function frameworkRequestOf(context: ExecutionContext): FrameworkRequest {
  return context.switchToHttp().getRequest<FrameworkRequest>();
}

export function nodeRequestOf(request: FrameworkRequest): IncomingMessage {
  return request.raw ?? (request as unknown as IncomingMessage);
}
