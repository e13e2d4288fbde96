import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import {
  type CallbackFields,
  checkTicketBinding,
  parseCallbackBody,
  type ReportedObject,
  verifyUploadTicket,
} from '@oss-callback/oss-callback';
import { CALLBACK_POLICY, type CallbackPolicy } from './callback-policy.ts';
import { callbackRefusal } from './callback-refusals.ts';
import { recordVerifiedCallback, requireSignedBytes } from './verified-callback.ts';

/**
 * Lets through callbacks for uploads that this application granted: the signed body is parsed, its ticket verified, and
 * the reported object compared with what the ticket was issued for. Single use is the handler's: only a database can
 * promise it.
 */
@Injectable()
export class UploadTicketGuard implements CanActivate {
  constructor(@Inject(CALLBACK_POLICY) private readonly policy: CallbackPolicy) {}

  canActivate(context: ExecutionContext): boolean {
    const signed = requireSignedBytes(context);
    const { keyRing, now, route, ticketField } = this.policy;

    const parsed = parseCallbackBody(signed.contentType, signed.rawBody);
    if (!parsed.ok) {
      throw callbackRefusal(`body-${parsed.reason}`);
    }
    const { fields } = parsed;
    const ticket = verifyUploadTicket(fields[ticketField], {
      keyRing,
      now: now(),
      ...(route === undefined ? {} : { route }),
    });
    if (!ticket.ok) {
      throw callbackRefusal(`ticket-${ticket.reason}`);
    }
    const binding = checkTicketBinding(ticket.claims, reportedObject(fields));
    if (!binding.ok) {
      throw callbackRefusal(binding.reason);
    }
    recordVerifiedCallback(context, { ...signed, fields, claims: ticket.claims });
    return true;
  }
}

function reportedObject(fields: CallbackFields): ReportedObject {
  const { bucket, object, size, mimeType } = fields;
  return {
    bucket: typeof bucket === 'string' ? bucket : '',
    object: typeof object === 'string' ? object : '',
    size: readSize(size),
    mimeType: typeof mimeType === 'string' ? mimeType : undefined,
  };
}

/** A number in JSON, digits in a form; anything else is not a size. */
function readSize(size: CallbackFields[string] | undefined): number {
  const isDigits = typeof size === 'string' && /^[0-9]{1,16}$/.test(size);
  return isDigits ? Number(size) : typeof size === 'number' ? size : Number.NaN;
}
