import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDemoClient } from './run-demo-client.ts';

const ERROR_203 =
  '<?xml version="1.0" encoding="UTF-8"?><Error><Code>CallbackFailed</Code><Message>Error status : 500.</Message>' +
  '<RequestId>5C3D9175B6FC201293AD4E3A</RequestId><HostId>h</HostId><EC>0007-00000203</EC></Error>';

let directory: string;
let server: Server;
let serverUrl: string;
let grantRequests: unknown[];
/** How the OSS of this test answers the PUT; it has `Content-Length` bytes of body to read, or not. */
let answerPut: (request: IncomingMessage, response: ServerResponse) => void;

/** Plays both sides that the client talks to: the callback server's `POST /uploads` and OSS's presigned PUT. */
async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'PUT') return answerPut(request, response);
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString();
  grantRequests.push(JSON.parse(body));
  response.writeHead(201, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'u1',
      bucket: 'b',
      objectKey: 'uploads/k.txt',
      method: 'PUT',
      url: `${serverUrl}/uploads/k.txt?x-oss-signature=abc`,
      headers: { 'content-type': 'text/plain' },
      expiresAt: '2026-01-01T00:00:00Z',
    }),
  );
}

async function storeAndAnswer(request: IncomingMessage, response: ServerResponse, status: number, body: string) {
  const md5 = createHash('md5');
  for await (const chunk of request as AsyncIterable<Buffer>) md5.update(chunk);
  const etag = `"${md5.digest('hex').toUpperCase()}"`;
  response.writeHead(status, { etag, 'x-oss-request-id': '5C3D9175B6FC201293AD4E3A' }).end(body);
}

async function oss(...argv: string[]) {
  let stdout = '';
  let stderr = '';
  const streams = { stdout: { write: (s: string) => (stdout += s) }, stderr: { write: (s: string) => (stderr += s) } };
  const code = await runDemoClient(argv, streams, { serverUrl });
  return { code, stdout, stderr };
}

/** Nobody listens there any more. */
async function closedUrl(): Promise<string> {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.once('listening', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  return `http://127.0.0.1:${port}`;
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oss-demo-'));
  await writeFile(join(directory, 'k.txt'), 'hello');
  grantRequests = [];
  server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true });
});

describe('oss-demo put', () => {
  it('ends 0 and shows the callback server’s answer when both halves worked', async () => {
    answerPut = (request, response) => void storeAndAnswer(request, response, 200, '{"id":"u1","名":"日出"}');
    const { code, stdout } = await oss('put', join(directory, 'k.txt'), '--var', 'title=日出', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'delivered',
      object: { objectKey: 'uploads/k.txt', sizeBytes: 5, etag: '5D41402ABC4B2A76B9719D911017C592' },
      answer: { id: 'u1', 名: '日出' },
    });
    expect(grantRequests).toEqual([
      {
        filename: 'k.txt',
        contentType: 'text/plain',
        sizeBytes: 5,
        variables: { title: '日出' },
        callbackBodyType: 'application/json',
      },
    ]);
  });

  it('ends 3 on 203 and says that the object is there', async () => {
    answerPut = (request, response) => void storeAndAnswer(request, response, 203, ERROR_203);
    const { code, stdout } = await oss('put', join(directory, 'k.txt'));
    expect(code).toBe(3);
    expect(stdout).toContain('stored, callback failed');
    expect(stdout).toContain('CallbackFailed: Error status : 500., EC 0007-00000203, request 5C3D9175B6FC201293AD4E3A');
  });

  it('reads a refusal that comes before the file was sent, and sends nothing then', async () => {
    await writeFile(join(directory, 'big.bin'), Buffer.alloc(32 * 1024 * 1024));
    let bodyBytes = 0;
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      request.on('data', (chunk: Buffer) => (bodyBytes += chunk.length));
      const body =
        '<Error><Code>AccessDenied</Code><Message>Request has expired.</Message><RequestId>R</RequestId></Error>';
      response.writeHead(403, { connection: 'close' }).end(body);
    });
    const { code, stdout } = await oss('put', join(directory, 'big.bin'));
    expect(code).toBe(1);
    expect(stdout).toContain('AccessDenied: Request has expired.');
    expect(bodyBytes).toBe(0);
  });

  it('sends the file all the same when nobody says 100 Continue', async () => {
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      void storeAndAnswer(request, response, 200, '{}');
    });
    const { code } = await oss('put', join(directory, 'k.txt'));
    expect(code).toBe(0);
  });

  it('fails when the stored bytes are not the sent ones', async () => {
    answerPut = (request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { etag: '"0CC175B9C0F1B6A831C399E269772661"' }).end('{}'));
    };
    const { code, stdout } = await oss('put', join(directory, 'k.txt'));
    expect(code).toBe(1);
    expect(stdout).toContain('DigestMismatch');
  });

  it('fails in one line when the connection breaks, the server is away, or the file cannot be read', async () => {
    answerPut = (request) => void request.socket.destroy();
    expect(await oss('put', join(directory, 'k.txt'))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('ConnectionBroken'),
    });
    expect(await oss('put', join(directory, 'nothing'))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('ENOENT'),
    });
    expect(await oss('put', directory)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('not a regular file'),
    });
    const away = await oss('put', join(directory, 'k.txt'), '--server', await closedUrl());
    expect(away).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('cannot be reached: connect ECONNREFUSED 127.0.0.1'),
    });
  });

  it('goes on after a failed file, and the worst outcome decides', async () => {
    answerPut = (request, response) => void storeAndAnswer(request, response, 203, ERROR_203);
    const { code, stdout } = await oss('put', join(directory, 'nothing'), join(directory, 'k.txt'), '--json');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).outcome),
    ).toEqual(['failed', 'callback-failed']);
    expect(code).toBe(1);
  });

  it('ends 2 on a wrong command line and prints nothing on stdout', async () => {
    expect(await oss('put', '--jsn', 'x')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--jsn'),
    });
  });
});
