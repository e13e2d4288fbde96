import { Inject, Injectable } from '@nestjs/common';
import { and, desc, eq, sql } from 'drizzle-orm';
import { DATABASE, type Database } from '../database/database.ts';
import { type NewUploadRow, type UploadRow, uploads } from './uploads.schema.ts';
import type { UploadedObject } from './uploaded-object.ts';

/** What a callback reports, with what is kept about the callback itself. */
export interface UploadCompletion extends UploadedObject {
  readonly uploadedAt: Date;
  readonly callbackBodySha256: string;
  readonly answer: string;
}

export type CompletionOutcome =
  | { readonly outcome: 'recorded'; readonly answer: string }
  /** It was recorded before, with the same ETag: the answer is the first one. */
  | { readonly outcome: 'repeated'; readonly answer: string }
  | { readonly outcome: 'conflict' }
  /** The callback's custom variables are not those that were granted; nothing is recorded. */
  | { readonly outcome: 'other-variables' }
  | { readonly outcome: 'unknown' };

/** Reads and writes the `uploads` table; knows nothing of HTTP. */
@Injectable()
export class UploadsRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async insertIssued(upload: Omit<NewUploadRow, 'state'>): Promise<void> {
    await this.database.insert(uploads).values({ ...upload, state: 'issued' });
  }

  async find(userId: string, id: string): Promise<UploadRow | undefined> {
    const rows = await this.database
      .select()
      .from(uploads)
      .where(and(eq(uploads.id, id), eq(uploads.userId, userId)));
    return rows[0];
  }

  /** Newest first. @param before only those issued earlier than the upload of this id */
  list(userId: string, page: { readonly limit: number; readonly before?: string | undefined }): Promise<UploadRow[]> {
    const { limit, before } = page;
    const older =
      before === undefined
        ? undefined
        : sql`(${uploads.issuedAt}, ${uploads.id}) < (
            select cursor.issued_at, cursor.id from ${uploads} as cursor
            where cursor.id = ${before} and cursor.user_id = ${userId})`;
    return this.database
      .select()
      .from(uploads)
      .where(and(eq(uploads.userId, userId), older))
      .orderBy(desc(uploads.issuedAt), desc(uploads.id))
      .limit(limit);
  }

  /**
   * Records an upload exactly once, whatever arrives at the same time: the row's state decides inside one statement,
   * and everyone who comes second reads what the first one left. The ticket says nothing of custom variables, and
   * uploaders can have OSS sign any: so they must equal what the row says was granted.
   */
  complete(id: string, completion: UploadCompletion): Promise<CompletionOutcome> {
    return this.database.transaction(async (transaction) => {
      const recorded = await transaction
        .update(uploads)
        .set({ ...completion, state: 'uploaded' })
        .where(
          and(
            eq(uploads.id, id),
            eq(uploads.state, 'issued'),
            eq(uploads.requestedVariables, { ...completion.variables }),
          ),
        )
        .returning({ id: uploads.id });
      if (recorded.length > 0) {
        return { outcome: 'recorded', answer: completion.answer };
      }
      const [existing] = await transaction
        .select({ state: uploads.state, etag: uploads.etag, answer: uploads.answer })
        .from(uploads)
        .where(eq(uploads.id, id));
      if (existing === undefined) {
        return { outcome: 'unknown' };
      }
      if (existing.state === 'issued') {
        return { outcome: 'other-variables' };
      }
      return existing.etag === completion.etag && existing.answer !== null
        ? { outcome: 'repeated', answer: existing.answer }
        : { outcome: 'conflict' };
    });
  }
}
