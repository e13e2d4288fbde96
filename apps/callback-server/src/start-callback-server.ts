import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { checkOssCallbackOptions, type OssCallbackOptions } from '@oss-callback/nestjs-oss-callback';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiErrors } from './api/api.exception.ts';
import { answerUnreadableRequest } from './api/unreadable-request.ts';
import { AppModule } from './app.module.ts';
import { anonymousUser } from './auth/user-of.ts';
import { type CallbackServerOptions, resolveSettings } from './callback-server-options.ts';
import { openDatabase } from './database/open-database.ts';
import { JsonLogger } from './logging/json-logger.ts';
import { PublicUrl } from './oss/public-url.ts';
import { startFailure } from './start-failure.ts';
import { UPLOAD_ROUTE } from './uploads/upload-route.ts';
import { TICKET_FIELD } from './uploads/callback-body-template.ts';

/** A running callback server. */
export interface CallbackServer extends AsyncDisposable {
  /** Base URL of the API. */
  readonly url: string;
  /** Stops taking requests, lets those in flight finish, closes the database. */
  close(): Promise<void>;
}

/**
 * Starts the application server that OSS calls.
 *
 * @throws ConfigError or DatabaseOpenError, each naming the setting; nothing is left running then
 */
export async function startCallbackServer(options: CallbackServerOptions = {}): Promise<CallbackServer> {
  const { target, ticketSecrets } = resolveSettings(options);
  const publicUrl = new PublicUrl(options.publicUrl);
  const clock = options.now ?? (() => new Date());
  const callbacks: OssCallbackOptions = {
    ticketSecrets,
    ossEndpoint: target.endpoint,
    ...(options.callbackPublicKeys === undefined ? {} : { extraPublicKeys: options.callbackPublicKeys }),
    externalPathPrefix: publicUrl.pathPrefix,
    route: UPLOAD_ROUTE,
    ticketField: TICKET_FIELD,
    now: clock,
  };
  try {
    checkOssCallbackOptions(callbacks);
  } catch (error) {
    throw startFailure(error);
  }

  const { database, close: closeDatabase } = await openDatabase(options);
  const userOf = options.userOf ?? anonymousUser;
  const module = AppModule.of({ callbacks, clock, database, publicUrl, target, userOf });
  const adapter = httpAdapter();
  let closing: Promise<void> | undefined;
  adapter.getInstance().addHook('onSend', async (_request, reply) => {
    if (closing !== undefined) {
      // Otherwise a connection whose last request was in flight stays open, and closing waits for it.
      reply.header('connection', 'close');
    }
  });
  let app: NestFastifyApplication | undefined;
  try {
    app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
      // Fastify parses JSON by itself; Nest would add forms, which browsers send across sites without asking.
      bodyParser: false,
      // Throw instead of ending the process.
      abortOnError: false,
      logger: options.log === undefined ? false : new JsonLogger(options.log),
    });
    await app.listen(options.port ?? 0, options.host ?? '127.0.0.1');
  } catch (error) {
    await app?.close();
    await closeDatabase();
    throw startFailure(error);
  }
  const url = urlOf(app.getHttpServer().address() as AddressInfo);
  publicUrl.listening(url);

  const running = app;
  const close = (): Promise<void> => {
    closing ??= closeAll(running, closeDatabase);
    return closing;
  };
  return { url, close, [Symbol.asyncDispose]: close };
}

/** The database last: requests in flight still need it. */
async function closeAll(app: NestFastifyApplication, closeDatabase: () => Promise<void>): Promise<void> {
  try {
    await app.close();
  } finally {
    await closeDatabase();
  }
}

/** Limits for whoever may connect; Node's own are made for large requests on slow lines. */
function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: 65_536,
    requestTimeout: 10_000,
    // A malformed target is answered before any route, so no filter sees it.
    frameworkErrors: answerMalformedTarget,
    clientErrorHandler: answerUnreadableRequest,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192 },
  });
}

function answerMalformedTarget(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  const { status, message } = apiErrors['invalid-request'];
  const body = Buffer.from(JSON.stringify({ error: { code: 'invalid-request', message } }));
  void reply.code(status).header('content-type', 'application/json').send(body);
}

function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
