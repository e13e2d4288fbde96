import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallbackServer, type CallbackServerOptions, startCallbackServer } from '../src/index.ts';
import { callbackFor, readUpload, refusalOf, requestGrant, send, signer } from './play-oss.ts';

/** What holds for the record of an upload, on whichever database. */
export function describeRecording(name: string, options: () => CallbackServerOptions): void {
  describe(`an upload recorded in ${name}`, () => {
    let server: CallbackServer;
    beforeAll(async () => {
      server = await startCallbackServer({ callbackPublicKeys: signer.publicKeys, ...options() });
    }, 60_000);
    afterAll(() => server?.close());

    const variables = { greeting: '你好, "世界" & 100%\\', 'empty-one': '' };

    it.each(['application/json', 'application/x-www-form-urlencoded'])(
      'keeps every fact of a %s callback',
      async (callbackBodyType) => {
        const grant = await requestGrant(server.url, { variables, callbackBodyType });
        expect(await readUpload(server.url, grant.id)).toMatchObject({
          state: 'issued',
          size: null,
          etag: null,
          variables,
        });

        const answer = await send(server.url, callbackFor(grant));
        expect([answer.status, answer.contentType]).toEqual([200, 'application/json']);
        expect(answer.contentLength).toBe(String(Buffer.byteLength(answer.text)));
        const image = { width: 640, height: 480, format: 'png' };
        const object = {
          size: 1_234,
          etag: 'D8E8FCA2DC0F896FD7CB4CB0031BA249',
          mimeType: 'image/png',
          image,
          variables,
        };
        expect(JSON.parse(answer.text)).toEqual({ id: grant.id, objectKey: grant.objectKey, ...object });

        expect(await readUpload(server.url, grant.id)).toMatchObject({
          ...object,
          state: 'uploaded',
          filename: '猫.png',
          crc64: '16005703254320583110',
          contentMd5: '2Oj8otwPiW/Xy0ywAxuiSQ==',
          operation: 'PutObject',
          clientIp: '192.0.2.7',
          callbackRequestId: '5C3D9175B6FC201293AD4E3A',
          callbackBodySha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
        });
      },
    );

    it.each([
      { callbackBodyType: 'application/json', etag: 'A' },
      { callbackBodyType: 'application/x-www-form-urlencoded', etag: 'B' },
    ])('has no image where OSS reports none ($callbackBodyType)', async ({ callbackBodyType, etag }) => {
      const grant = await requestGrant(server.url, { callbackBodyType });
      const none = { 'imageInfo.width': undefined, 'imageInfo.height': undefined, 'imageInfo.format': undefined };
      expect((await send(server.url, callbackFor(grant, { ...none, etag }))).status).toBe(200);
      expect(await readUpload(server.url, grant.id)).toMatchObject({ state: 'uploaded', image: null, etag });
    });

    it('happens once: a repeated callback gets the first answer, byte for byte', async () => {
      const grant = await requestGrant(server.url);
      const first = await send(server.url, callbackFor(grant, { reqId: 'FIRST' }));
      const recorded = await readUpload(server.url, grant.id);
      const second = await send(server.url, callbackFor(grant, { reqId: 'SECOND', clientIp: '192.0.2.8' }));
      expect([second.status, second.text]).toEqual([200, first.text]);
      expect(await readUpload(server.url, grant.id)).toEqual(recorded);
      expect(recorded['callbackRequestId']).toBe('FIRST');
    });

    it('refuses a callback about other bytes under the same ticket', async () => {
      const grant = await requestGrant(server.url);
      await send(server.url, callbackFor(grant));
      const recorded = await readUpload(server.url, grant.id);
      expect(refusalOf(await send(server.url, callbackFor(grant, { etag: '0'.repeat(32) })))).toEqual([
        409,
        'upload-already-recorded',
      ]);
      expect(await readUpload(server.url, grant.id)).toEqual(recorded);
    });

    it('refuses custom variables other than the granted ones, which any uploader could have OSS sign', async () => {
      const grant = await requestGrant(server.url, { variables: { order: '1' } });
      const others = [{ 'x:order': '999' }, { 'x:order': '' }];
      for (const other of others) {
        const forged = callbackFor(grant, { variables: new Map(Object.entries(other)) });
        expect(refusalOf(await send(server.url, forged))).toEqual([403, 'variables-not-granted']);
        expect(await readUpload(server.url, grant.id)).toMatchObject({ state: 'issued', variables: { order: '1' } });
      }
      expect((await send(server.url, callbackFor(grant))).status).toBe(200);
    });

    it('is recorded once by a hundred callbacks at the same time, all with the same answer', async () => {
      const grant = await requestGrant(server.url);
      const requests = Array.from({ length: 100 }, (_, index) => callbackFor(grant, { reqId: `REQUEST-${index}` }));
      const answers = await Promise.all(requests.map((each) => send(server.url, each)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
      expect((await readUpload(server.url, grant.id))['callbackRequestId']).toMatch(/^REQUEST-\d+$/);
    });

    it('is recorded for one of two that differ, when both come at the same time', async () => {
      const grant = await requestGrant(server.url);
      const etags = ['A'.repeat(32), 'B'.repeat(32)];
      const answers = await Promise.all(etags.map((etag) => send(server.url, callbackFor(grant, { etag }))));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
      const winner = answers.findIndex(({ status }) => status === 200);
      expect((await readUpload(server.url, grant.id))['etag']).toBe(etags[winner]);
    });

    it('is listed newest first, a page at a time', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        ids.unshift((await requestGrant(server.url)).id);
      }
      const page = async (query: string) => {
        const response = await fetch(`${server.url}/uploads?${query}`);
        return (await response.json()) as { uploads: { id: string }[]; next: string | null };
      };
      const first = await page('limit=2');
      expect(first.uploads.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      const second = await page(`limit=2&before=${first.next}`);
      expect(second.uploads[0]?.id).toBe(ids[2]);
      expect((await page('limit=100')).next).toBeNull();
    });
  });
}
