import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { helpText } from './help-text.ts';
import { settings } from './settings.ts';

const SECRET = 'hunter2-hunter2-hunter2-hunter2-';

function refusalOf(env: Record<string, string>): string {
  try {
    readConfig(env);
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({});
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', OSS_BUCKET: '' })).toEqual({});
  });

  it('reads every setting', () => {
    const env = {
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://receiver.example.com/api',
      DATABASE_URL: 'postgres://u:p@db:5432/callbacks',
      DATA_DIR: '/data',
      OSS_ENDPOINT: 'https://oss-cn-hangzhou.aliyuncs.com/',
      OSS_ADDRESSING: 'custom-domain',
      OSS_REGION: 'cn-hangzhou',
      OSS_BUCKET: 'photos',
      OSS_ACCESS_KEY_ID: 'id',
      OSS_ACCESS_KEY_SECRET: 'secret',
      OSS_SECURITY_TOKEN: 'token',
      UPLOAD_TICKET_SECRETS: `${SECRET}, ${SECRET}2`,
      OSS_CALLBACK_PUBLIC_KEYS: 'http://emulator:9280/key.pem',
    };
    expect(Object.keys(env).toSorted()).toEqual(Object.keys(settings).toSorted());
    expect(readConfig(env)).toEqual({
      ...env,
      PORT: 0,
      OSS_ENDPOINT: 'https://oss-cn-hangzhou.aliyuncs.com',
      UPLOAD_TICKET_SECRETS: [SECRET, `${SECRET}2`],
      OSS_CALLBACK_PUBLIC_KEYS: [
        { url: 'http://emulator:9280/key.pem', from: 'url', value: 'http://emulator:9280/key.pem' },
      ],
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3280x'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'receiver.example.com'],
    ['DATABASE_URL', 'mysql://u:hunter2@db/x'],
    ['OSS_ENDPOINT', 'oss-cn-hangzhou.aliyuncs.com'],
    ['OSS_ENDPOINT', 'https://host/path'],
    ['OSS_ENDPOINT', 'https://user:hunter2@host'],
    ['OSS_ADDRESSING', 'virtual'],
    ['OSS_REGION', 'CN HANGZHOU'],
    ['OSS_BUCKET', 'Photos'],
    ['OSS_ACCESS_KEY_SECRET', 'hunter2 '],
    ['UPLOAD_TICKET_SECRETS', 'hunter2'],
    ['UPLOAD_TICKET_SECRETS', `${SECRET},hunter2`],
    ['OSS_CALLBACK_PUBLIC_KEYS', 'key.pem'],
    ['OSS_CALLBACK_PUBLIC_KEYS', 'http://emulator/key.pem='],
  ])('refuses a wrong %s by name and rule, without its value', (name, value) => {
    const message = refusalOf({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name}: must `));
    expect(message).not.toMatch(/hunter2/);
  });

  it('refuses half a pair of credentials', () => {
    expect(refusalOf({ OSS_ACCESS_KEY_ID: 'id' })).toMatch(/^OSS_ACCESS_KEY_SECRET: /);
    expect(refusalOf({ OSS_ACCESS_KEY_SECRET: 'hunter2' })).toMatch(/^OSS_ACCESS_KEY_ID: /);
  });

  it('refuses what looks like one of its settings and is none', () => {
    expect(refusalOf({ OSS_ENDPIONT: 'http://127.0.0.1' })).toMatch(/^OSS_ENDPIONT: is not a setting/);
    expect(refusalOf({ UPLOAD_TICKET_SECRET: SECRET })).toMatch(/^UPLOAD_TICKET_SECRET: is not a setting/);
    expect(refusalOf({ OSS_EMULATOR_PORT: '1', OSS_DEMO_SERVER: 'x', PATH: '/bin' })).toBe('accepted');
  });
});

describe('helpText', () => {
  it('explains every setting', () => {
    for (const [name, { doc }] of Object.entries(settings)) {
      expect(helpText()).toContain(`  ${name}\n      ${doc}\n`);
    }
  });
});
