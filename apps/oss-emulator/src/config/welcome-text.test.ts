import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import type { EmulatorConfig } from './config.ts';
import { welcomeText } from './welcome-text.ts';

const URL = 'http://127.0.0.1:9280';
const configOf = (...argv: string[]) => readConfig(argv, {}) as EmulatorConfig;

describe('the welcome in a terminal', () => {
  it('says what an SDK must be given', () => {
    expect(welcomeText(URL, configOf('--bucket', 'one-bucket', '--bucket', 'another'))).toBe(
      'SDKs: endpoint http://127.0.0.1:9280, region cn-hangzhou, bucket one-bucket, another, ' +
        'AccessKey ID emulator-access-key-id, secret emulator-access-key-secret\n' +
        'What is stored and who is called: http://127.0.0.1:9280/__emulator/\n',
    );
  });

  it('shows no secret that somebody chose', () => {
    const text = welcomeText(URL, configOf('--access-key-id', 'mine', '--access-key-secret', 'my-own-secret'));
    expect(text).toContain('AccessKey ID mine\n');
    expect(text).not.toContain('secret');
  });
});
