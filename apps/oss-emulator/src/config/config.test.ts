import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error.ts';
import { readConfig } from './config.ts';
import { helpText } from './help-text.ts';
import { settings } from './settings.ts';

describe('readConfig', () => {
  it('has a default for everything that needs one', () => {
    expect(readConfig([], {})).toEqual({
      host: '127.0.0.1',
      port: 9280,
      store: 'file',
      dataDir: '.oss-emulator',
      region: 'cn-hangzhou',
      accountId: '1000000000000001',
      callbackTargets: 'local',
      addressing: 'any',
    });
  });

  it('takes flags before variables before defaults', () => {
    const environment = { OSS_EMULATOR_PORT: '1', OSS_EMULATOR_REGION: 'us-west-1', OSS_EMULATOR_STORE: '', PATH: '/' };
    expect(readConfig(['--port', '0', '--store=memory'], environment)).toMatchObject({
      port: 0,
      region: 'us-west-1',
      store: 'memory',
    });
    expect(readConfig([], environment)).toMatchObject({ port: 1, store: 'file' });
  });

  it('collects callback routes from repeated flags, or from the blanks of the variable', () => {
    const routes = ['http://a.example=http://localhost:1', 'http://b.example=http://localhost:2'];
    const flags = routes.flatMap((route) => ['--callback-route', route]);
    expect(readConfig(flags, {})).toMatchObject({ callbackRoutes: routes });
    expect(readConfig([], { OSS_EMULATOR_CALLBACK_ROUTES: ` ${routes.join('  ')} ` })).toMatchObject({
      callbackRoutes: routes,
    });
  });

  it('collects faults in the same way', () => {
    const faults = [{ profile: 'callback-500', times: 2 }, { profile: 'store-slow' }];
    expect(readConfig(['--fault', 'callback-500:2', '--fault=store-slow'], {})).toMatchObject({ faults });
    expect(readConfig([], { OSS_EMULATOR_FAULTS: 'callback-500:2 store-slow' })).toMatchObject({ faults });
  });

  it('collects buckets in the same way', () => {
    expect(readConfig(['--bucket', 'photos', '--bucket=videos'], {})).toMatchObject({ buckets: ['photos', 'videos'] });
    expect(readConfig([], { OSS_EMULATOR_BUCKETS: 'photos videos' })).toMatchObject({ buckets: ['photos', 'videos'] });
    expect(readConfig(['--foreign-bucket', 'theirs'], {})).toMatchObject({ foreignBuckets: ['theirs'] });
  });

  it('collects other accounts in the same way', () => {
    const account = (id: string, accessKeySecret: string) => ({
      id,
      credentials: { accessKeyId: `k${id}`, accessKeySecret },
    });
    const otherAccounts = [account('2', 'se:cret'), account('3', 'x')];
    expect(readConfig(['--other-account', '2:k2:se:cret', '--other-account=3:k3:x'], {})).toMatchObject({
      otherAccounts,
    });
    expect(readConfig([], { OSS_EMULATOR_OTHER_ACCOUNTS: '2:k2:se:cret 3:k3:x' })).toMatchObject({ otherAccounts });
  });

  it.each([
    [['--other-account', 'two:key:secret'], {}, /^--other-account must be ACCOUNT:KEY-ID:SECRET: (?!.*secret$)/],
    [['--bucket', 'No_Bucket'], {}, /^--bucket must be bucket names: 3 to 63 characters/],
    [['--fault', 'callback-50'], {}, '--fault unknown fault profile callback-50; did you mean callback-500?'],
    [['--prot', '1'], {}, 'unknown flag --prot; did you mean --port?'],
    [['--callback-routes=a=b'], {}, 'unknown flag --callback-routes; did you mean --callback-route?'],
    [['9280'], {}, 'unknown flag 9280; did you mean'],
    [[], { OSS_EMULATOR_PROT: '1' }, 'unknown variable OSS_EMULATOR_PROT; did you mean OSS_EMULATOR_PORT?'],
    [[], { OSS_EMULATOR_SECRET: '' }, 'unknown variable OSS_EMULATOR_SECRET; did you mean'],
    [['--port'], {}, '--port must have a value'],
    [['--port', '1', '--port', '2'], {}, '--port must be given only once'],
    [['--port', '65536'], {}, '--port must be a whole number from 0 to 65535'],
    [['--port', '-1'], {}, '--port must be a whole number from 0 to 65535'],
    [['--port='], {}, '--port must be a whole number from 0 to 65535'],
    [[], { OSS_EMULATOR_PORT: '9280x' }, 'OSS_EMULATOR_PORT must be a whole number from 0 to 65535'],
    [['--store', 'disk'], {}, '--store must be one of memory, file, s3'],
    [['--host', 'a b'], {}, '--host must be an IP address or a host name'],
    [['--region', 'oss-cn-hangzhou'], {}, '--region must be a region id such as cn-hangzhou, without "oss-"'],
    [['--public-url', 'http://a/b'], {}, '--public-url must be an http or https URL without a path'],
    [['--callback-targets', 'all'], {}, '--callback-targets must be one of local, any, cloud'],
    [['--callback-route', 'a'], {}, '--callback-route must be FROM=TO, two origins such as http://app.example.com'],
    [['--addressing', 'path'], {}, '--addressing must be one of any, strict'],
    [['--account-id', 'me'], {}, '--account-id must be up to 20 digits'],
    [['--data-dir', ' '], {}, '--data-dir must not be empty'],
  ])('refuses %j with %j in one line', (argv, environment: Record<string, string>, message) => {
    expect(() => readConfig(argv, environment)).toThrow(ConfigError);
    expect(() => readConfig(argv, environment)).toThrow(message);
  });

  it('never repeats the value it refuses', () => {
    const environment = { OSS_EMULATOR_ACCESS_KEY_SECRET: 'has a blank' };
    expect(() => readConfig([], environment)).toThrow(/^OSS_EMULATOR_ACCESS_KEY_SECRET must be(?!.*has a blank)/);
  });

  it('answers help whatever else is given', () => {
    expect(readConfig(['--help', '--nonsense'], {})).toBe('help');
    expect(readConfig(['-h'], {})).toBe('help');
  });

  it('has one flag, one variable and a sentence for each setting, all of them in the help', () => {
    const rows = Object.values(settings);
    expect(new Set(rows.map(({ flag }) => flag)).size).toBe(rows.length);
    for (const { flag, variable, doc } of rows) {
      expect(variable).toMatch(/^OSS_EMULATOR_[A-Z0-9_]+$/);
      for (const text of [flag, variable, doc]) expect(helpText()).toContain(text);
    }
  });
});
