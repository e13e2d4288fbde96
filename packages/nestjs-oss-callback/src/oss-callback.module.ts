import { Global, Inject, Logger, Module, type NestModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CALLBACK_POLICY, type CallbackPolicy, resolveCallbackPolicy } from './callback-policy.ts';
import { keepRawBodies } from './fastify-raw-body.ts';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './oss-callback-options.ts';
import { publicKeyFingerprint } from './public-key-fingerprint.ts';
import { UploadTickets } from './upload-tickets.ts';

/**
 * Receives OSS upload callbacks. Import it once, `OssCallbackModule.forRoot({ … })` or `forRootAsync`, and put
 * `@OssCallbackEndpoint(path)` on a controller method; it is global, so that the guards find their settings anywhere.
 */
@Global()
@Module({
  providers: [
    { provide: CALLBACK_POLICY, useFactory: resolveCallbackPolicy, inject: [MODULE_OPTIONS_TOKEN] },
    UploadTickets,
  ],
  exports: [CALLBACK_POLICY, UploadTickets],
})
export class OssCallbackModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  private readonly logger = new Logger('OssCallback');

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    @Inject(CALLBACK_POLICY) private readonly policy: CallbackPolicy,
  ) {
    super();
  }

  /** Nest calls it before it registers routes, the last moment to tell Fastify how to read their bodies. */
  configure(): void {
    const adapter = this.adapterHost.httpAdapter;
    if (adapter.getType() === 'fastify') {
      const { maxBodyBytes, bodyTimeoutMs } = this.policy;
      keepRawBodies(adapter.getInstance<FastifyInstance>(), { maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs });
    }
  }

  onModuleInit(): void {
    const urlsByKey = new Map<string | undefined, string[]>();
    for (const [url, pem] of this.policy.publicKeys) {
      const fingerprint = publicKeyFingerprint(pem);
      urlsByKey.set(fingerprint, [...(urlsByKey.get(fingerprint) ?? []), url]);
    }
    for (const [fingerprint, urls] of urlsByKey) {
      this.logger.log(`trusting callbacks signed by ${fingerprint}, named ${urls.join(' or ')}`);
    }
  }
}
