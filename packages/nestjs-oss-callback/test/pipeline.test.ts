import { generateKeyPairSync } from 'node:crypto';
import { signCallback } from '@oss-callback/oss-callback';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallbackRequestOptions } from '../src/testing/index.ts';
import { claims, express, fastify, fields, NOW, type Receiver, signer, startReceiver } from './receiver.ts';
import { type Answer, send, sendRaw } from './send.ts';

/** Every refusal looks like this: typed, JSON with its length, and nothing reached the handler. */
const refused = (status: number, code: string) => ({
  status,
  code,
  isJson: true,
  hasLength: true,
  reachedHandler: false,
});

for (const adapter of [fastify, express]) {
  describe(`a callback route on ${adapter.adapter}`, () => {
    let receiver: Receiver;
    beforeAll(async () => {
      receiver = await startReceiver(adapter, { route: 'photo' });
    });
    afterAll(() => receiver[Symbol.asyncDispose]());

    const ticketed = (change: Partial<typeof claims> = {}) => receiver.tickets.issue({ ...claims, ...change });
    const path = '/oss/callback';

    async function sendSigned(options: Partial<CallbackRequestOptions> = {}): Promise<Answer> {
      return send(receiver.url, signer.sign({ path, body: { ticket: ticketed(), ...fields }, ...options }));
    }

    /** What OSS and the uploader learn from a refusal, and whether the handler saw anything. */
    async function refusal(answer: Promise<Answer>): Promise<unknown> {
      const before = receiver.received.length;
      const { status, headers, text, json } = await answer;
      const { error } = json as { error: { code: string; message: string } };
      return {
        status,
        code: error.code,
        isJson: headers['content-type']?.toString().startsWith('application/json') === true && error.message !== '',
        hasLength: headers['content-length'] === String(Buffer.byteLength(text)),
        reachedHandler: receiver.received.length > before,
      };
    }

    it('hands a signed callback with a fitting ticket to the handler and answers 200 JSON with its length', async () => {
      const answer = await sendSigned();
      expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: { id: 'upload-1' } });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)));
      expect(receiver.received.at(-1)?.claims).toEqual(claims);
      expect({ ...receiver.received.at(-1)?.fields }).toMatchObject(fields);
      expect(receiver.received.at(-1)?.publicKeyUrl).toBe(signer.publicKeyUrl);
    });

    it('takes a form body', async () => {
      const answer = await sendSigned({ contentType: 'application/x-www-form-urlencoded' });
      expect(answer.status).toBe(200);
      expect(receiver.received.at(-1)?.fields['size']).toBe('15');
    });

    it('takes a query, which is signed as it is', async () => {
      expect((await sendSigned({ path: `${path}?b=2&a=%2f` })).status).toBe(200);
    });

    it('verifies the bytes, not what they mean', async () => {
      const body = `{ "ticket" : "${ticketed()}",\t"bucket":"photos", "object":"uploads\\/2026\\/03\\/cat.png",
      "size":15,"mimeType":"image\\u002fpng" }`;
      expect((await sendSigned({ body })).status).toBe(200);
      const request = signer.sign({ path, body });
      const respaced = Buffer.from(body.replace('{ ', '{'));
      const headers = { ...request.headers, 'content-length': String(respaced.length) };
      expect(await refusal(send(receiver.url, { ...request, headers, body: respaced }))).toEqual(
        refused(401, 'signature-mismatch'),
      );
    });

    describe('refuses by signature', () => {
      it('another target', async () => {
        const request = signer.sign({ path, body: { ticket: ticketed(), ...fields } });
        expect(await refusal(send(receiver.url, { ...request, path: `${path}?a=1` }))).toEqual(
          refused(401, 'signature-mismatch'),
        );
      });

      it('a missing authorization header', async () => {
        const { authorization: _, ...headers } = signer.sign({ path, body: fields }).headers;
        expect(await refusal(send(receiver.url, { ...signer.sign({ path, body: fields }), headers }))).toEqual(
          refused(401, 'missing-authorization'),
        );
      });

      it('a missing key URL', async () => {
        const { 'x-oss-pub-key-url': _, ...headers } = signer.sign({ path, body: fields }).headers;
        expect(await refusal(send(receiver.url, { ...signer.sign({ path, body: fields }), headers }))).toEqual(
          refused(401, 'missing-public-key-url'),
        );
      });

      it('a key URL that is not Base64', async () => {
        expect(await refusal(sendSigned({ headers: { 'x-oss-pub-key-url': 'http://' } }))).toEqual(
          refused(401, 'malformed-public-key-url'),
        );
      });

      it('a signature that is not canonical Base64', async () => {
        const { authorization = '' } = signer.sign({ path, body: fields }).headers;
        const spelled = { authorization: `${authorization.slice(0, -1)}-` };
        expect(await refusal(sendSigned({ body: fields, headers: spelled }))).toEqual(
          refused(401, 'malformed-authorization'),
        );
      });

      it('a key that is not trusted, however well it signs', async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
        const body = Buffer.from(JSON.stringify({ ticket: ticketed(), ...fields }));
        const authorization = signCallback({ requestTarget: path, body, privateKey });
        expect(await refusal(sendSigned({ body, headers: { authorization } }))).toEqual(
          refused(401, 'signature-mismatch'),
        );
        const url = Buffer.from('http://gosspublic.alicdn.com.evil.example/k.pem').toString('base64');
        const headers = { authorization, 'x-oss-pub-key-url': url };
        expect(await refusal(sendSigned({ body, headers }))).toEqual(refused(401, 'unknown-public-key-url'));
      });

      it.each(['authorization', 'x-oss-pub-key-url', 'content-type'])('a second %s header', async (name) => {
        const request = signer.sign({ path, body: { ticket: ticketed(), ...fields } });
        const twice = [...Object.entries(request.headers).flat(), name, request.headers[name] ?? ''];
        // Node lets a test send a header twice only as a list; it then sets no Host by itself.
        const headers = ['host', new URL(receiver.url).host, ...twice];
        expect(await refusal(send(receiver.url, { ...request, headers }))).toEqual(refused(400, 'duplicate-header'));
        const once = ['host', new URL(receiver.url).host, ...Object.entries(request.headers).flat()];
        expect((await send(receiver.url, { ...request, headers: once })).status).toBe(200);
      });
    });

    it('refuses an absolute-form target', async () => {
      const target = `${receiver.url}${path}`;
      const request = signer.sign({ path: target, body: { ticket: ticketed(), ...fields } });
      const before = receiver.received.length;
      const head = Object.entries({ host: 'x', connection: 'close', ...request.headers });
      const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      const answer = await sendRaw(
        receiver.url,
        `POST ${target} HTTP/1.1\r\n${lines}\r\n${request.body.toString()}`,
        true,
      );
      expect(answer).toMatch(/^HTTP\/1.1 4\d\d /);
      expect(receiver.received).toHaveLength(before);
    });

    describe('refuses by body', () => {
      it.each([
        { code: 'body-invalid-json', body: '{"ticket":' },
        { code: 'body-invalid-utf-8', body: Buffer.from([0x7b, 0xff, 0x7d]) },
      ])('$code', async ({ code, body }) => {
        const before = receiver.received.length;
        const answer = await sendSigned({ body });
        // On Express, Nest's parser is earlier than any guard: it refuses in its own words, and nothing gets through.
        const expectedJson = adapter.parsesFirst ? { statusCode: 400 } : { error: { code } };
        expect(answer.status).toBe(400);
        expect(answer.json).toMatchObject(expectedJson);
        expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.text)));
        expect(receiver.received).toHaveLength(before);
      });

      it.each([
        { code: 'body-not-an-object', body: '[1]' },
        { code: 'body-not-flat', body: '{"a":{"b":1}}' },
        { code: 'body-duplicate-field', body: '{"size":1,"size":2}' },
      ])('$code', async ({ code, body }) => {
        expect(await refusal(sendSigned({ body }))).toEqual(refused(400, code));
      });

      it('a content type that OSS does not send', async () => {
        expect(await refusal(sendSigned({ contentType: 'text/plain', body: 'a=1' }))).toEqual(
          refused(415, 'body-unsupported-content-type'),
        );
      });
    });

    it('takes a field called __proto__ for a field', async () => {
      const body = `{"ticket":"${ticketed()}","__proto__":"x",${JSON.stringify(fields).slice(1)}`;
      expect((await sendSigned({ body })).status).toBe(200);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      const pollution = `{"__proto__":{"ticket":"${ticketed()}"},${JSON.stringify(fields).slice(1)}`;
      expect(await refusal(sendSigned({ body: pollution }))).toEqual(refused(400, 'body-not-flat'));
    });

    describe('refuses by ticket, however well OSS signed', () => {
      it('none', async () => {
        expect(await refusal(sendSigned({ body: fields }))).toEqual(refused(401, 'ticket-missing'));
      });

      it('one of somebody else', async () => {
        const other = await startReceiver(adapter, { ticketSecrets: ['another secret of more than thirty-two bytes'] });
        const ticket = other.tickets.issue(claims);
        await other[Symbol.asyncDispose]();
        expect(await refusal(sendSigned({ body: { ticket, ...fields } }))).toEqual(refused(401, 'ticket-unknown-key'));
      });

      it('a changed one', async () => {
        const [keyId, , mac] = ticketed().split('.');
        const [, changed] = ticketed({ maxSizeBytes: 1_000_000 }).split('.');
        const ticket = `${keyId}.${changed}.${mac}`;
        expect(await refusal(sendSigned({ body: { ticket, ...fields } }))).toEqual(
          refused(401, 'ticket-signature-mismatch'),
        );
      });

      it('an expired one, after a minute of leeway', async () => {
        const expiredFor = (seconds: number) =>
          ticketed({
            issuedAt: new Date(NOW.getTime() - 7_200_000),
            expiresAt: new Date(NOW.getTime() - seconds * 1000),
          });
        expect((await sendSigned({ body: { ticket: expiredFor(59), ...fields } })).status).toBe(200);
        expect(await refusal(sendSigned({ body: { ticket: expiredFor(61), ...fields } }))).toEqual(
          refused(401, 'ticket-expired'),
        );
      });

      it('one for another kind of upload', async () => {
        const ticket = ticketed({ route: 'invoice' });
        expect(await refusal(sendSigned({ body: { ticket, ...fields } }))).toEqual(refused(401, 'ticket-wrong-route'));
      });
    });

    describe('refuses what the ticket does not cover', () => {
      it.each([
        { code: 'bucket-mismatch', change: { bucket: 'other' } },
        { code: 'object-mismatch', change: { object: 'uploads/2026/03/dog.png' } },
        { code: 'size-invalid', change: { size: '0x0f' } },
        { code: 'size-too-small', change: { size: 9 } },
        { code: 'size-too-large', change: { size: 21 } },
        { code: 'mime-type-mismatch', change: { mimeType: 'text/html' } },
      ])('$code', async ({ code, change }) => {
        expect(await refusal(sendSigned({ body: { ticket: ticketed(), ...fields, ...change } }))).toEqual(
          refused(403, code),
        );
      });
    });

    it('leaves the body parsers of other routes alone', async () => {
      const body = Buffer.from('{"text":"hello"}');
      const headers = { 'content-type': 'application/json', 'content-length': String(body.length) };
      expect((await send(receiver.url, { method: 'POST', path: '/notes', headers, body })).status).toBe(201);
      expect(receiver.notes.at(-1)).toEqual({ text: 'hello' });
    });
  });
}
