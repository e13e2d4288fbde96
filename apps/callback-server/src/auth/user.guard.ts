import type { IncomingMessage } from 'node:http';
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiException } from '../api/api.exception.ts';
import { USER_OF, type UserOf } from './user-of.ts';

const users = new WeakMap<IncomingMessage, string>();

/** Lets in whom {@link UserOf} knows. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(@Inject(USER_OF) private readonly userOf: UserOf) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const user = await this.userOf({ headers: request.headers, ip: request.ip });
    if (user === undefined || user === '') {
      throw new ApiException('unauthenticated');
    }
    users.set(request.raw, user);
    return true;
  }
}

/** The user that {@link UserGuard} let in. */
export const User = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const user = users.get(context.switchToHttp().getRequest<FastifyRequest>().raw);
  if (user === undefined) {
    throw new ApiException('unauthenticated');
  }
  return user;
});
