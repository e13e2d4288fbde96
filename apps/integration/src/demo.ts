import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runDemoClient } from '@oss-callback/demo-client';
import type { CallbackJournalEntry } from '@oss-callback/oss-emulator';
import { readUpload } from './grants.ts';
import type { Grant } from './grants.ts';
import { Narrator } from './narration.ts';
import { ossRequest } from './oss-request.ts';
import { readPresignedRequest } from './presigned-request.ts';
import { startSystem } from './start-system.ts';
import type { System } from './start-system.ts';

const SAMPLE = fileURLToPath(new URL('../fixtures/sunrise.jpg', import.meta.url));
const TITLE = '日出 "at six"';

/** What the demo client reports with `--json --verbose`. */
interface ClientEvents {
  readonly grant: Grant;
  readonly object: {
    readonly uploadId: string;
    readonly objectKey: string;
    readonly etag: string;
    readonly requestId: string;
  };
  readonly answer: Readonly<Record<string, unknown>>;
}

const { positionals } = parseArgs({ allowPositionals: true });
process.exitCode = await demonstrate(positionals[0] ?? SAMPLE, new Narrator(process.stdout));

/** One real upload, with nothing faked and nothing left behind. @returns the exit code */
async function demonstrate(file: string, narrator: Narrator): Promise<number> {
  narrator.say(
    'One upload to OSS with a callback. Both servers run in this process, on free ports, with embedded stores.',
  );
  await using system = await startSystem();
  narrator.say(`OSS emulator     ${system.emulatorUrl}`);
  narrator.say(`callback server  ${system.callbackServerUrl}`);

  const events = await upload(system, file);
  if (events === undefined) {
    narrator.failure('The upload did not end as it should; what the client said is above.');
    return 1;
  }
  const entries = (await (await fetch(`${system.emulatorUrl}/__emulator/callbacks`)).json()) as CallbackJournalEntry[];
  const record = await readUpload(system, events.grant.id);
  narrate(narrator, system, file, events, entries[0]!, record);

  const stored = Buffer.from(
    await (await ossRequest(system, { method: 'GET', key: events.object.objectKey })).arrayBuffer(),
  );
  const checks: ReadonlyArray<readonly [claim: string, holds: boolean]> = [
    ['the callback was verified and recorded', record['state'] === 'uploaded'],
    ['it was sent once', entries.length === 1 && entries[0]!.attempts.length === 1],
    ['the record is of this object', record['etag'] === events.object.etag && record['size'] === stored.length],
    [
      'the uploader got the very JSON of the callback server',
      entries[0]!.attempts[0]!.reply?.body === JSON.stringify(events.answer),
    ],
  ];
  const broken = checks.filter(([, holds]) => !holds);
  for (const [claim] of broken) narrator.failure(`Not so: ${claim}.`);
  if (broken.length === 0)
    narrator.success('Stored, called back, verified, recorded once, answered. Next: npm test, npm run dev.');
  return broken.length === 0 ? 0 : 1;
}

async function upload(system: System, file: string): Promise<ClientEvents | undefined> {
  let stdout = '';
  const streams = { stdout: { write: (text: string) => (stdout += text) }, stderr: process.stderr };
  const argv = ['put', file, '--var', `title=${TITLE}`, '--json', '--verbose'];
  const code = await runDemoClient(argv, streams, { serverUrl: system.callbackServerUrl });
  if (code !== 0) {
    process.stderr.write(stdout);
    return undefined;
  }
  return Object.assign(
    {},
    ...stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ) as ClientEvents;
}

function narrate(
  narrator: Narrator,
  system: System,
  file: string,
  { grant, object, answer }: ClientEvents,
  callback: CallbackJournalEntry,
  record: Readonly<Record<string, unknown>>,
): void {
  const [attempt] = callback.attempts;
  const signed = readPresignedRequest('PUT', grant.url, grant);
  narrator.hop('The client asks the callback server for a grant', 'apps/demo-client/src/upload/upload-file.ts', [
    ['POST /uploads', JSON.stringify({ filename: basename(file), variables: { title: TITLE } })],
    ['object key, made by the server', grant.objectKey],
  ]);
  narrator.hop('The server writes the callback: JSON, then Base64', 'packages/oss-callback/src/callback-param.ts', [
    ['callback', Buffer.from(grant.callback.param, 'base64').toString()],
    ['callback-var', Buffer.from(grant.callback.var, 'base64').toString()],
    ['as it travels', grant.callback.param],
  ]);
  narrator.hop(
    'The server signs the upload with V4, the callback under the signature',
    'packages/oss-signing/src/v4/presign-url.ts',
    [
      ['canonical request', signed.canonicalRequest],
      ['string to sign', signed.stringToSign],
      ['signature', new URL(grant.url).searchParams.get('x-oss-signature') ?? ''],
    ],
  );
  narrator.hop(
    'The client PUTs the bytes to the presigned URL; OSS takes the request',
    'apps/oss-emulator/src/server.ts',
    [
      ['request', `PUT ${new URL(grant.url).pathname}`],
      ['headers that were signed', lines(Object.entries(grant.headers))],
    ],
  );
  narrator.hop('OSS finds the operation', 'apps/oss-emulator/src/operations.ts', [['operation', callback.operation]]);
  narrator.hop('OSS computes the signature again and compares', 'apps/oss-emulator/src/access/authenticate.ts', [
    ['request id', callback.requestId],
  ]);
  narrator.hop('OSS stages the bytes, checks the digests, commits', 'apps/oss-emulator/src/operations/put-object.ts', [
    ['ETag (MD5)', object.etag],
    ['CRC-64', String(record['crc64'])],
  ]);
  narrator.hop('The object is there, whatever happens now', 'apps/oss-emulator/src/store/object-store.ts', [
    ['stored as', `${system.bucket}/${object.objectKey}`],
  ]);
  narrator.hop(
    'OSS renders the body, signs it and calls the callback server',
    'apps/oss-emulator/src/callback/send-callback.ts',
    [
      ['template', callback.callback.body],
      ['rendered body', callback.renderedBody],
      ['string to sign', attempt!.stringToSign],
      ['callback request', `${attempt!.requestLine}\n${lines(attempt!.requestHeaders)}`],
    ],
  );
  narrator.hop(
    'The callback server verifies the raw bytes before anything parses them',
    'packages/nestjs-oss-callback/src/callback-signature.guard.ts',
    [['public key, pinned by its exact URL', pinnedKeyUrl(attempt!.requestHeaders)]],
  );
  narrator.hop(
    'It checks the upload ticket, records the upload once, and answers',
    'apps/callback-server/src/uploads/uploads.service.ts',
    [
      ['database row', JSON.stringify(record, null, 2)],
      ['answer', `${attempt!.reply?.status} ${attempt!.reply?.body}`],
    ],
  );
  narrator.hop('OSS hands the same JSON to the client', 'apps/oss-emulator/src/operations/put-object.ts', [
    ['200', JSON.stringify(answer)],
  ]);
}

function lines(headers: ReadonlyArray<readonly [string, string]>): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

function pinnedKeyUrl(headers: ReadonlyArray<readonly [string, string]>): string {
  const header = headers.find(([name]) => name.toLowerCase() === 'x-oss-pub-key-url');
  return Buffer.from(header?.[1] ?? '', 'base64').toString();
}
