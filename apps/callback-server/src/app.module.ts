import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OssCallbackModule, type OssCallbackOptions } from '@oss-callback/nestjs-oss-callback';
import { ApiExceptionFilter } from './api/api-exception.filter.ts';
import { USER_OF, type UserOf } from './auth/user-of.ts';
import { CLOCK, type Clock } from './clock.ts';
import { DATABASE, type Database } from './database/database.ts';
import { HealthController } from './health/health.controller.ts';
import { OSS_TARGET, type OssTarget } from './oss/oss-target.ts';
import { PublicUrl } from './oss/public-url.ts';
import { OssCallbackController } from './uploads/oss-callback.controller.ts';
import { UploadsController } from './uploads/uploads.controller.ts';
import { UploadsRepository } from './uploads/uploads.repository.ts';
import { UploadsService } from './uploads/uploads.service.ts';

/** What the application is made of besides its own classes. */
export interface AppParts {
  readonly callbacks: OssCallbackOptions;
  readonly clock: Clock;
  readonly database: Database;
  readonly publicUrl: PublicUrl;
  readonly target: OssTarget;
  readonly userOf: UserOf;
}

@Module({})
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class to hang a module on
export class AppModule {
  static of(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [OssCallbackModule.forRoot(parts.callbacks)],
      controllers: [UploadsController, OssCallbackController, HealthController],
      providers: [
        UploadsService,
        UploadsRepository,
        { provide: APP_FILTER, useClass: ApiExceptionFilter },
        { provide: CLOCK, useValue: parts.clock },
        { provide: DATABASE, useValue: parts.database },
        { provide: OSS_TARGET, useValue: parts.target },
        { provide: PublicUrl, useValue: parts.publicUrl },
        { provide: USER_OF, useValue: parts.userOf },
      ],
    };
  }
}
