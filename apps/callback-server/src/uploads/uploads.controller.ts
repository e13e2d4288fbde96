import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiException } from '../api/api.exception.ts';
import { User, UserGuard } from '../auth/user.guard.ts';
import { parseCreateUploadRequest } from './create-upload-request.ts';
import { parseUploadsPage } from './uploads-page.ts';
import { type UploadView, viewUpload } from './upload-view.ts';
import { UploadsRepository } from './uploads.repository.ts';
import { type IssuedUpload, UploadsService } from './uploads.service.ts';

/** As `randomUUID` writes it. */
const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Grants uploads and shows them to the user they were granted to. */
@Controller('uploads')
@UseGuards(UserGuard)
export class UploadsController {
  constructor(
    private readonly service: UploadsService,
    private readonly repository: UploadsRepository,
  ) {}

  @Post()
  create(@User() user: string, @Body() body: unknown): Promise<IssuedUpload> {
    return this.service.issue(user, parseCreateUploadRequest(body));
  }

  @Get()
  async list(
    @User() user: string,
    @Query() query: unknown,
  ): Promise<{ uploads: readonly UploadView[]; next: string | null }> {
    const page = parseUploadsPage(query);
    const rows = await this.repository.list(user, { ...page, limit: page.limit + 1 });
    const uploads = rows.slice(0, page.limit).map(viewUpload);
    return { uploads, next: rows.length > page.limit ? (uploads.at(-1)?.id ?? null) : null };
  }

  /** A foreign upload is answered like one that does not exist. */
  @Get(':id')
  async read(@User() user: string, @Param('id') id: string): Promise<UploadView> {
    // What can be no id is looked for nowhere: Postgres knows no text with NUL in it, and would fail.
    const row = UPLOAD_ID.test(id) ? await this.repository.find(user, id) : undefined;
    if (row === undefined) {
      throw new ApiException('upload-not-found');
    }
    return viewUpload(row);
  }
}
