import 'reflect-metadata';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppModule } from '../src/app.module.ts';
import { anonymousUser } from '../src/auth/user-of.ts';
import type { OpenDatabase } from '../src/database/database.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { JsonLogger } from '../src/logging/json-logger.ts';
import { PublicUrl } from '../src/oss/public-url.ts';
import { TICKET_FIELD } from '../src/uploads/callback-body-template.ts';
import { api, callbackFor, png, readUpload, refusalOf, requestGrant, send, signer } from './play-oss.ts';

describe('when the database fails', () => {
  let database: OpenDatabase;
  let url: string;
  let close: () => Promise<void>;
  const logged: string[] = [];
  beforeAll(async () => {
    database = await openDatabase({});
    const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' };
    const module = AppModule.of({
      callbacks: {
        ticketSecrets: ['a secret of this test and of no other'],
        ossEndpoint: 'http://127.0.0.1:9280',
        extraPublicKeys: signer.publicKeys,
        ticketField: TICKET_FIELD,
      },
      clock: () => new Date(),
      database: database.database,
      publicUrl: new PublicUrl('http://127.0.0.1:3280'),
      target: {
        endpoint: 'http://127.0.0.1:9280',
        addressing: 'path',
        region: 'cn-hangzhou',
        bucket: 'photos',
        credentials,
      },
      userOf: anonymousUser,
    });
    const testing = await Test.createTestingModule({ imports: [module] }).compile();
    const app = testing.createNestApplication(new FastifyAdapter(), {
      bodyParser: false,
      logger: new JsonLogger((line) => logged.push(line)),
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    close = () => app.close();
  }, 60_000);
  afterAll(() => close());

  it('answers the callback 503, tells and logs no data, and changes nothing: the same callback then succeeds', async () => {
    const grant = await requestGrant(url, { variables: { note: 'private words' } });
    const before = await readUpload(url, grant.id);
    await database.database.execute(sql`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`);
    await database.database.execute(sql`
      create trigger refuse after update on uploads for each row execute function refuse()`);

    const answer = await send(url, callbackFor(grant));
    expect(refusalOf(answer)).toEqual([503, 'temporarily-unavailable']);
    expect(answer.text).not.toMatch(/disk|update|private/);
    expect(await readUpload(url, grant.id)).toEqual(before);
    const lines = logged.filter((line) => line.includes('"error"')).join('\n');
    expect(lines).toContain('disk full');
    expect(lines).not.toMatch(/private words|ticket"/);

    await database.database.execute(sql`drop trigger refuse on uploads`);
    expect((await send(url, callbackFor(grant))).status).toBe(200);
    expect(await readUpload(url, grant.id)).toMatchObject({ state: 'uploaded' });
  });

  it('is not ready, but lives, and grants nothing', async () => {
    await database.close();
    expect(refusalOf(await api(url, 'GET', '/health/ready'))).toEqual([503, 'temporarily-unavailable']);
    expect((await api(url, 'GET', '/health/live')).status).toBe(200);
    expect(refusalOf(await api(url, 'POST', '/uploads', png))).toEqual([503, 'temporarily-unavailable']);
  });
});
