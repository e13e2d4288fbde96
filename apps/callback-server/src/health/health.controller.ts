import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, Inject } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { ApiException } from '../api/api.exception.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { queryFailure } from '../database/query-failure.ts';

const DATABASE_TIMEOUT_MS = 1_000;

@Controller('health')
export class HealthController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The process runs and answers. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The server can do its work: the database answers. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    const timeout = new AbortController();
    const late = delay(DATABASE_TIMEOUT_MS, 'late' as const, { signal: timeout.signal });
    try {
      const winner = await Promise.race([this.database.execute(sql`select 1`), late]);
      if (winner === 'late') {
        throw new ApiException('temporarily-unavailable', 'The database does not answer.');
      }
      return { status: 'ok' };
    } catch (cause) {
      throw cause instanceof ApiException
        ? cause
        : new ApiException('temporarily-unavailable', 'The database does not answer.', { cause: queryFailure(cause) });
    } finally {
      timeout.abort();
    }
  }
}
