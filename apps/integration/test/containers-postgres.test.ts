import { describePostgresServer } from '@oss-callback/callback-server/postgres-server-specs';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import type { StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { afterAll, beforeAll, describe } from 'vitest';
import { POSTGRES_IMAGE } from '../containers/container-images.ts';
import { hasDocker } from '../containers/has-docker.ts';

const START_TIMEOUT_MS = 120_000;

describe.skipIf(!(await hasDocker('the callback server on Postgres')))('the callback server on Postgres', () => {
  let postgres: StartedPostgreSqlContainer;

  beforeAll(async () => {
    postgres = await new PostgreSqlContainer(POSTGRES_IMAGE).start();
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await postgres?.stop();
  }, START_TIMEOUT_MS);

  describePostgresServer(() => postgres.getConnectionUri());
});
