import type { IncomingMessage } from 'node:http';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { recordArrival } from './callback-arrival.ts';
import { type RawBodyLimits, readRawBody } from './read-raw-body.ts';

/** Marks a route in Fastify's route configuration, see {@link OssCallbackEndpoint}. */
export const OSS_CALLBACK_ROUTE = 'ossCallback';

/**
 * Fastify picks the body parser by content type, before any guard runs, and has none per route. So requests for a
 * marked route get this type in place of their own: whatever they claim to be, they reach the one parser that only
 * keeps bytes. All other routes keep the parsers they have.
 */
const RAW_TYPE = 'application/vnd.oss-callback.raw-bytes';

/**
 * Lets the routes marked with {@link OSS_CALLBACK_ROUTE} keep their body as raw bytes. Call it before routes are
 * registered.
 */
export function keepRawBodies(instance: FastifyInstance, limits: RawBodyLimits): void {
  if (instance.hasContentTypeParser(RAW_TYPE)) {
    return;
  }
  const arrivedAtMs = new WeakMap<FastifyRequest, number>();

  instance.addHook('onRoute', (route) => {
    const config = route.config as Record<string, unknown> | undefined;
    if (config?.[OSS_CALLBACK_ROUTE] !== true) {
      return;
    }
    const hooks = route.onRequest === undefined ? [] : [route.onRequest].flat();
    route.onRequest = [
      ...hooks,
      (request, _reply, done) => {
        arrivedAtMs.set(request, performance.now());
        request.raw.headers['content-type'] = RAW_TYPE;
        done();
      },
    ];
  });

  instance.addContentTypeParser(RAW_TYPE, async (request: FastifyRequest, payload: IncomingMessage) => {
    const startedAtMs = arrivedAtMs.get(request);
    if (startedAtMs === undefined) {
      // Somebody sent our internal type to another route.
      throw new UnsupportedMediaTypeException();
    }
    const body = await readRawBody(payload, request.headers['content-length'], limits);
    recordArrival(request.raw, { arrivedAtMs: startedAtMs, body });
  });
}
