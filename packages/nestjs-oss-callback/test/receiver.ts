import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Body, Controller, type INestApplication, type NestApplicationOptions, Post } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  OssCallback,
  OssCallbackEndpoint,
  OssCallbackModule,
  type OssCallbackOptions,
  UploadTickets,
  type VerifiedCallback,
} from '../src/index.ts';
import { createCallbackSigner } from '../src/testing/index.ts';

/** How an application is created on an adapter, and whether the adapter answers malformed JSON before any guard runs. */
export interface AdapterCase {
  readonly adapter: string;
  readonly create: () => Promise<AbstractHttpAdapter>;
  readonly options: NestApplicationOptions;
  readonly parsesFirst: boolean;
}

export const fastify: AdapterCase = {
  adapter: 'Fastify',
  create: () => Promise.resolve(new FastifyAdapter()),
  options: {},
  parsesFirst: false,
};

export const express: AdapterCase = {
  adapter: 'Express',
  create: async () => new (await import('@nestjs/platform-express')).ExpressAdapter(),
  options: { rawBody: true },
  parsesFirst: true,
};

export const signer = createCallbackSigner();
export const TICKET_SECRET = 'a secret that only this test knows';
export const NOW = new Date('2026-03-01T12:00:00Z');

/** The claims every test starts from, and a body that fits them. */
export const claims = {
  id: 'upload-1',
  user: 'ada',
  bucket: 'photos',
  objectKey: 'uploads/2026/03/cat.png',
  minSizeBytes: 10,
  maxSizeBytes: 20,
  contentType: 'image/png',
  route: 'photo',
  issuedAt: NOW,
  expiresAt: new Date(NOW.getTime() + 3_600_000),
};
export const fields = { bucket: 'photos', object: 'uploads/2026/03/cat.png', size: 15, mimeType: 'image/png' };

type Handler = (callback: VerifiedCallback) => unknown;

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly tickets: UploadTickets;
  /** What reached the handler. */
  readonly received: VerifiedCallback[];
  /** What reached the handler of another, ordinary route. */
  readonly notes: unknown[];
}

/** Starts a Nest application with one callback route, `/oss/callback`, and one ordinary route, on a real socket. */
export async function startReceiver(
  { create, options }: AdapterCase = fastify,
  overrides: Partial<OssCallbackOptions> = {},
  handler: Handler = (callback) => ({ id: callback.claims.id }),
): Promise<Receiver> {
  const received: VerifiedCallback[] = [];
  const notes: unknown[] = [];

  @Controller()
  class ReceiverController {
    @OssCallbackEndpoint('oss/callback')
    uploaded(@OssCallback() callback: VerifiedCallback): unknown {
      received.push(callback);
      return handler(callback);
    }

    @Post('unguarded')
    unguarded(@OssCallback() callback: VerifiedCallback): void {
      received.push(callback);
    }

    @Post('notes')
    note(@Body() body: unknown): string {
      notes.push(body);
      return 'noted';
    }
  }

  const callbacks = OssCallbackModule.forRoot({
    ticketSecrets: [TICKET_SECRET],
    ossEndpoint: 'http://127.0.0.1:9280',
    extraPublicKeys: signer.publicKeys,
    now: () => NOW,
    ...overrides,
  });
  const testing = await Test.createTestingModule({ imports: [callbacks], controllers: [ReceiverController] }).compile();
  const app: INestApplication = testing.createNestApplication(await create(), { logger: false, ...options });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tickets: app.get(UploadTickets),
    received,
    notes,
    [Symbol.asyncDispose]: () => app.close(),
  };
}
