import { Inject, Injectable } from '@nestjs/common';
import { issueUploadTicket, type UploadTicketClaims } from '@oss-callback/oss-callback';
import { CALLBACK_POLICY, type CallbackPolicy } from './callback-policy.ts';

/** Issues the upload tickets that {@link UploadTicketGuard} accepts, with the secrets the module was given. */
@Injectable()
export class UploadTickets {
  constructor(@Inject(CALLBACK_POLICY) private readonly policy: CallbackPolicy) {}

  /**
   * @returns a text of letters, digits, `-`, `_` and `.`, to be put into `callbackBody` as a constant
   * @throws UploadTicketClaimsError names the claim and the rule it breaks
   */
  issue(claims: UploadTicketClaims): string {
    return issueUploadTicket(claims, this.policy.keyRing);
  }
}
