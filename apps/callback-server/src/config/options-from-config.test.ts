import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCallbackSigner } from '@oss-callback/nestjs-oss-callback/testing';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { optionsFromConfig } from './options-from-config.ts';

const { publicKeys } = createCallbackSigner();
const [[keyUrl, pem] = ['', '']] = publicKeys;

describe('optionsFromConfig', () => {
  it('makes a ticket secret for development once, keeps it from others, and does not log it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'options-'));
    const config = readConfig({ DATA_DIR: folder, OSS_CALLBACK_PUBLIC_KEYS: `${keyUrl}=${pem}` });
    const log: string[] = [];
    const first = await optionsFromConfig(config, (line) => log.push(line));
    const second = await optionsFromConfig(config, (line) => log.push(line));
    expect(second.ticketSecrets).toEqual(first.ticketSecrets);
    expect(first.ticketSecrets?.[0]).toMatch(/^[\w-]{43}$/);
    expect((await stat(join(folder, 'upload-ticket-secret'))).mode & 0o777).toBe(0o600);
    expect(log.join('\n')).toContain('UPLOAD_TICKET_SECRETS is unset');
    expect(log.join('\n')).not.toContain(first.ticketSecrets?.[0]);
    await rm(folder, { recursive: true });
  });

  it('makes no secret and fetches no key beside the real OSS', async () => {
    const config = readConfig({ DATA_DIR: '/nonexistent/x', OSS_ENDPOINT: 'https://oss-cn-hangzhou.aliyuncs.com' });
    const options = await optionsFromConfig(config, () => undefined);
    expect([options.ticketSecrets, options.callbackPublicKeys]).toEqual([undefined, undefined]);
  });

  it('warns when everybody may connect and everybody is one user', async () => {
    const log: string[] = [];
    const env = { UPLOAD_TICKET_SECRETS: 'x'.repeat(32), OSS_CALLBACK_PUBLIC_KEYS: `${keyUrl}=${pem}` };
    await optionsFromConfig(readConfig({ ...env, HOST: '127.0.0.1' }), (line) => log.push(line));
    expect(log).toEqual([]);
    await optionsFromConfig(readConfig({ ...env, HOST: '0.0.0.0' }), (line) => log.push(line));
    expect(log.join('')).toContain('"warn"');
  });
});
