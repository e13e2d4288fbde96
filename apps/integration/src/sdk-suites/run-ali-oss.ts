import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmulator } from '@oss-callback/oss-emulator';
import { prepareCheckout, uncommentCallbackTests } from './ali-oss-checkout.ts';
import { ALI_OSS_SUITES } from './ali-oss-suites.ts';
import { startCallbackReceiver } from './callback-receiver.ts';
import type { MochaReport } from './mocha-report.ts';
import { CERTIFICATE, openSecureDoor } from './secure-door.ts';
import { judgeSuite, unmatchedExpectations } from './suite-result.ts';
import { suitesPage } from './suites-page.ts';

/**
 * Runs ali-oss's own tests against the emulator: the SDK and its tests are used as they are published; only where their
 * connections go is decided here (official-hosts.ts). Exit code 1 when a test fails that is expected to pass, or the other
 * way round.
 */
const USAGE = 'usage: run-ali-oss [--checkout DIRECTORY] [--write] [suite…]\n';
const ACCOUNT_ID = '1234567890123456';
const CREDENTIALS = { accessKeyId: 'ali-oss-suites', accessKeySecret: 'ali-oss-suites-secret' };
const REGION = 'cn-hangzhou';
const TEST_TIMEOUT_MS = 30_000;
const PAGE = fileURLToPath(new URL('../../../../docs/sdk-suites.md', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { checkout: { type: 'string' }, write: { type: 'boolean', default: false } },
});
process.exitCode = await runSuites(positionals.length === 0 ? ALI_OSS_SUITES : positionals);

async function runSuites(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !ALI_OSS_SUITES.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`no such suite: ${unknown.join(', ')} (there are ${ALI_OSS_SUITES.join(', ')})\n${USAGE}`);
    return 2;
  }
  const temporary = await mkdtemp(join(tmpdir(), 'ali-oss-suites-'));
  const checkout = resolve(values.checkout ?? join(temporary, 'ali-oss'));
  try {
    await prepareCheckout(checkout);
    const results = [];
    // One after another, each with an emulator of its own: what one leaves behind must not decide about the next.
    for (const name of names) {
      // oxlint-disable-next-line no-await-in-loop
      const result = judgeSuite(name, await runSuite(name, checkout, temporary));
      results.push(result);
      process.stdout.write(`${name}: ${result.passed} passed, ${result.expected.length} out of scope, `);
      process.stdout.write(`${result.unexpected.length} failed\n`);
      for (const { title, message } of result.unexpected) process.stdout.write(`  ${title}\n    ${message}\n`);
    }
    const stale = names.length === ALI_OSS_SUITES.length ? unmatchedExpectations(results) : [];
    for (const { title } of stale) process.stdout.write(`expected to fail, and did not: ${title}\n`);
    if (values.write) await writeFile(PAGE, suitesPage(results));
    return stale.length > 0 || results.some(({ unexpected }) => unexpected.length > 0) ? 1 : 0;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function runSuite(name: string, checkout: string, temporary: string): Promise<MochaReport> {
  const file = name === 'callback' ? await uncommentCallbackTests(checkout) : `test/node/${name}.test.js`;
  const output = join(temporary, `${name}.json`);
  const receiver = await startCallbackReceiver();
  const bucket = 'ali-oss-suites';
  await using emulator = await startEmulator({
    credentials: CREDENTIALS,
    accountId: ACCOUNT_ID,
    region: REGION,
    buckets: [bucket],
  });
  const port = Number(new URL(emulator.url).port);
  const secure = await openSecureDoor(port);
  const { accessKeyId, accessKeySecret } = CREDENTIALS;
  const environment = {
    ALI_SDK_OSS_ID: accessKeyId,
    ALI_SDK_OSS_SECRET: accessKeySecret,
    ALI_SDK_OSS_REGION: `oss-${REGION}`,
    ALI_SDK_STS_ID: accessKeyId,
    ALI_SDK_STS_SECRET: accessKeySecret,
    ALI_SDK_STS_ROLE: `acs:ram::${ACCOUNT_ID}:role/oss-test`,
    ALI_SDK_STS_BUCKET: bucket,
    CALLBACK_SERVER: receiver.url,
    NODE_EXTRA_CA_CERTS: CERTIFICATE,
    NODE_OPTIONS: `--import ${new URL(`official-hosts.js?port=${port}&securePort=${secure.port}`, import.meta.url).href}`,
  };
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${output}`];
  const mocha = ['node_modules/mocha/bin/mocha', '--timeout', String(TEST_TIMEOUT_MS), '--require', 'should', '--exit'];
  const child = spawn(process.execPath, [...mocha, ...reporter, file], {
    cwd: checkout,
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolved) => child.once('exit', resolved));
  receiver.close();
  secure.close();
  return JSON.parse(await readFile(output, 'utf8')) as MochaReport;
}
