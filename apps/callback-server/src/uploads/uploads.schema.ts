import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** An upload is `issued` until OSS has told us that the object is stored, then it is `uploaded`. */
export const uploadStates = ['issued', 'uploaded'] as const;

/**
 * One row per granted upload. The first block is known when the grant is issued, the second comes with the callback and
 * stays empty until then. Object facts have the names of the callback variables they come from.
 */
export const uploads = pgTable(
  'uploads',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    state: text('state', { enum: uploadStates }).notNull(),
    bucket: text('bucket').notNull(),
    objectKey: text('object_key').notNull().unique(),
    filename: text('filename').notNull(),
    contentType: text('content_type').notNull(),
    declaredSizeBytes: bigint('declared_size_bytes', { mode: 'number' }).notNull(),
    requestedVariables: jsonb('requested_variables').$type<Record<string, string>>().notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true, mode: 'date' }).notNull(),
    urlExpiresAt: timestamp('url_expires_at', { withTimezone: true, mode: 'date' }).notNull(),
    ticketExpiresAt: timestamp('ticket_expires_at', { withTimezone: true, mode: 'date' }).notNull(),

    uploadedAt: timestamp('uploaded_at', { withTimezone: true, mode: 'date' }),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    etag: text('etag'),
    mimeType: text('mime_type'),
    imageWidth: integer('image_width'),
    imageHeight: integer('image_height'),
    imageFormat: text('image_format'),
    /** Unsigned 64-bit decimal, as OSS writes it: wider than Postgres's bigint. */
    crc64: text('crc64'),
    contentMd5: text('content_md5'),
    operation: text('operation'),
    clientIp: text('client_ip'),
    variables: jsonb('variables').$type<Record<string, string>>(),
    /** `reqId` of the signed body: the request id of the upload. */
    callbackRequestId: text('callback_request_id'),
    callbackBodySha256: text('callback_body_sha256'),
    /** The answer OSS got, byte for byte: a repeated callback gets the same one. */
    answer: text('answer'),
  },
  (table) => [
    index('uploads_by_user_newest').on(table.userId, table.issuedAt.desc(), table.id.desc()),
    check(
      'uploads_facts_with_state',
      sql`${table.state} = 'issued' or (${table.uploadedAt} is not null and ${table.sizeBytes} is not null
        and ${table.etag} is not null and ${table.answer} is not null)`,
    ),
  ],
);

export type UploadRow = typeof uploads.$inferSelect;
export type NewUploadRow = typeof uploads.$inferInsert;
