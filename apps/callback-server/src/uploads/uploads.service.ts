import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CallbackRefusedException, UploadTickets, type VerifiedCallback } from '@oss-callback/nestjs-oss-callback';
import { CLOCK, type Clock } from '../clock.ts';
import { queryFailure } from '../database/query-failure.ts';
import { OSS_TARGET, type OssTarget } from '../oss/oss-target.ts';
import { PublicUrl } from '../oss/public-url.ts';
import type { CreateUploadRequest } from './create-upload-request.ts';
import { newObjectKey } from './object-key.ts';
import { CALLBACK_PATH, UPLOAD_ROUTE } from './upload-route.ts';
import { grantUpload, type UploadGrant } from './upload-grant.ts';
import { type UploadedObject, readUploadedObject } from './uploaded-object.ts';
import { viewImage } from './upload-view.ts';
import { UploadsRepository } from './uploads.repository.ts';

/** How long a presigned URL may be started with. */
const URL_VALIDITY_SECONDS = 900;
/** A ticket outlives its URL: the callback comes when the upload has ended, however slow the line was. */
const TICKET_VALIDITY_SECONDS = URL_VALIDITY_SECONDS + 3_600;

/** A grant with the upload it is for. */
export interface IssuedUpload extends UploadGrant {
  readonly id: string;
  readonly bucket: string;
  readonly objectKey: string;
}

@Injectable()
export class UploadsService {
  private readonly logger = new Logger('Uploads');

  constructor(
    private readonly repository: UploadsRepository,
    private readonly tickets: UploadTickets,
    private readonly publicUrl: PublicUrl,
    @Inject(OSS_TARGET) private readonly target: OssTarget,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Grants one upload of exactly what was asked for, and remembers it before anybody can use it. */
  async issue(user: string, request: CreateUploadRequest): Promise<IssuedUpload> {
    const now = this.clock();
    const id = randomUUID();
    const { bucket } = this.target;
    const objectKey = newObjectKey(request, now);
    const ticketExpiresAt = new Date(now.getTime() + TICKET_VALIDITY_SECONDS * 1_000);
    const ticket = this.tickets.issue({
      id,
      user,
      bucket,
      objectKey,
      minSizeBytes: request.sizeBytes,
      maxSizeBytes: request.sizeBytes,
      contentType: request.contentType,
      route: UPLOAD_ROUTE,
      issuedAt: now,
      expiresAt: ticketExpiresAt,
    });
    const callbackUrl = this.publicUrl.at(CALLBACK_PATH);
    const grant = grantUpload(this.target, {
      request,
      objectKey,
      ticket,
      callbackUrl,
      now,
      expiresInSeconds: URL_VALIDITY_SECONDS,
    });
    await this.repository.insertIssued({
      id,
      userId: user,
      bucket,
      objectKey,
      filename: request.filename,
      contentType: request.contentType,
      declaredSizeBytes: request.sizeBytes,
      requestedVariables: request.variables,
      issuedAt: now,
      urlExpiresAt: grant.expiresAt,
      ticketExpiresAt,
    });
    return { id, bucket, objectKey, ...grant };
  }

  /**
   * Records the upload that a verified callback reports, once, and gives the answer for the uploader: for a repeated
   * callback the first one, byte for byte.
   *
   * @throws CallbackRefusedException 403, 404, 409, or 503 when the database does not answer
   */
  async record({ claims, fields, rawBody }: VerifiedCallback): Promise<Buffer> {
    const object = readUploadedObject(fields);
    const completion = {
      ...object,
      uploadedAt: this.clock(),
      callbackBodySha256: createHash('sha256').update(rawBody).digest('hex'),
      answer: JSON.stringify(answerFor(claims, object)),
    };
    const result = await this.repository.complete(claims.id, completion).catch((cause: unknown) => {
      throw refusal(503, 'temporarily-unavailable', 'The upload could not be recorded now.', queryFailure(cause));
    });
    this.logger.log(`callback for upload ${claims.id}: ${result.outcome}`);
    switch (result.outcome) {
      case 'recorded':
      case 'repeated':
        return Buffer.from(result.answer);
      case 'unknown':
        throw refusal(404, 'unknown-upload', 'There is no such upload.');
      case 'other-variables':
        throw refusal(403, 'variables-not-granted', 'The custom variables are not those of the granted upload.');
      case 'conflict':
        throw refusal(409, 'upload-already-recorded', 'The upload was recorded with another object before.');
    }
  }
}

function answerFor({ id, objectKey }: VerifiedCallback['claims'], object: UploadedObject): object {
  return {
    id,
    objectKey,
    size: object.sizeBytes,
    etag: object.etag,
    mimeType: object.mimeType,
    image: viewImage(object),
    variables: object.variables,
  };
}

function refusal(status: number, code: string, message: string, cause?: unknown): CallbackRefusedException {
  return new CallbackRefusedException({ status, code, message }, { cause });
}
