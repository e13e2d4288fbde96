import { Logger, Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { OssCallbackModule } from './oss-callback.module.ts';
import type { OssCallbackOptions } from './oss-callback-options.ts';
import { createCallbackSigner } from './testing/index.ts';
import { UploadTickets } from './upload-tickets.ts';

const options: OssCallbackOptions = {
  ticketSecrets: ['0123456789abcdef0123456789abcdef'],
  ossEndpoint: 'https://oss-cn-hangzhou.aliyuncs.com',
};

async function startLogs(loaded: OssCallbackOptions): Promise<string[]> {
  const lines: string[] = [];
  const write = (line: unknown): unknown => lines.push(String(line));
  const testing = await Test.createTestingModule({ imports: [OssCallbackModule.forRoot(loaded)] }).compile();
  const logger = { log: write, warn: write, error: write };
  const app = testing.createNestApplication(new FastifyAdapter(), { logger });
  await app.init();
  await app.close();
  Logger.overrideLogger(false);
  return lines.filter((line) => line.includes('trusting'));
}

describe('OssCallbackModule', () => {
  it('does not start beside the real OSS with the key of an emulator', async () => {
    const { publicKeys } = createCallbackSigner();
    await expect(startLogs({ ...options, extraPublicKeys: publicKeys })).rejects.toThrow(/^extraPublicKeys: /);
  });

  it('does not start without a ticket secret', async () => {
    await expect(startLogs({ ...options, ticketSecrets: [] })).rejects.toThrow(/^ticketSecrets: /);
  });

  it('logs the fingerprint of every trusted key once', async () => {
    // The fingerprint of OSS's key as published in captures: SHA-256 of its SubjectPublicKeyInfo.
    const fingerprint = 'sha256:a1f54d0fb9263a14276c9e890f99cdeae986265b3985e6b1aa4603631c5bc9cf';
    const lines = await startLogs(options);
    expect(lines).toEqual([expect.stringContaining(fingerprint)]);
    expect(lines[0]).toContain('https://gosspublic.alicdn.com/callback_pub_key_v1.pem');
  });

  it('takes its options from other providers', async () => {
    @Module({ providers: [{ provide: 'settings', useValue: options }], exports: ['settings'] })
    class SettingsModule {
      readonly holds = 'settings';
    }
    const async = OssCallbackModule.forRootAsync({
      imports: [SettingsModule],
      inject: ['settings'],
      useFactory: (settings: OssCallbackOptions) => settings,
    });
    const testing = await Test.createTestingModule({ imports: [async] }).compile();
    expect(testing.get(UploadTickets)).toBeInstanceOf(UploadTickets);
  });
});
