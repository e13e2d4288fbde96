import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCallbackServer } from '../src/index.ts';
import { callbackFor, readUpload, refusalOf, requestGrant, send, signer } from './play-oss.ts';
import { describeRecording } from './recording.specs.ts';

/**
 * What a Postgres server has to prove and the embedded database cannot. The container suite calls it.
 * @param serverUrl of a database whose user may create others; known once the suite's hooks run
 */
export function describePostgresServer(serverUrl: () => string): void {
  // A database of its own for each suite, since each begins with an empty one.
  const name = `callback_server_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = () => Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href;

  describeRecording('a Postgres server', () => ({ databaseUrl: serverUrl() }));

  describe('instances that share a Postgres server', () => {
    const options = () => ({
      databaseUrl: databaseUrl(),
      callbackPublicKeys: signer.publicKeys,
      ticketSecrets: ['one secret that all instances share'],
    });
    let administrator: postgres.Sql;
    beforeAll(async () => {
      administrator = postgres(serverUrl(), { max: 1, onnotice: () => undefined });
      await administrator.unsafe(`create database ${name}`);
    });
    afterAll(async () => {
      await administrator.unsafe(`drop database ${name}`);
      await administrator.end();
    });

    it('start together on an empty database, and record an upload once between them', async () => {
      const servers = await Promise.all([startCallbackServer(options()), startCallbackServer(options())]);
      const urls = servers.map(({ url }) => url);
      const grant = await requestGrant(urls[0] ?? '');
      const requests = Array.from({ length: 60 }, (_, index) => callbackFor(grant, { reqId: `REQUEST-${index}` }));
      const answers = await Promise.all(requests.map((each, index) => send(urls[index % 2] ?? '', each)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(200);
      const records = await Promise.all(urls.map((url) => readUpload(url, grant.id)));
      expect(records[0]).toEqual(records[1]);
      expect(records[0]).toMatchObject({ state: 'uploaded' });
      await Promise.all(servers.map((server) => server.close()));
    }, 60_000);

    it('answer 503 within the time OSS gives when the database hangs, and change nothing', async () => {
      await using server = await startCallbackServer(options());
      const grant = await requestGrant(server.url);
      const client = postgres(databaseUrl(), { max: 1, onnotice: () => undefined });
      const startedAtMs = performance.now();
      const refused = await client.begin(async (transaction) => {
        await transaction`select 1 from uploads where id = ${grant.id} for update`;
        return send(server.url, callbackFor(grant));
      });
      expect(refusalOf(refused)).toEqual([503, 'temporarily-unavailable']);
      expect(performance.now() - startedAtMs).toBeLessThan(4_500);
      expect(await readUpload(server.url, grant.id)).toMatchObject({ state: 'issued' });
      expect((await send(server.url, callbackFor(grant))).status).toBe(200);
      await client.end();
    }, 60_000);
  });
}
