/** What is struck: the callback of an upload, or a request to OSS. */
export type FaultTarget = 'callback' | 'store';

interface FaultProfileRow {
  readonly target: FaultTarget;
  /** What happens, seen from both sides. */
  readonly doc: string;
}

/** Every fault that the emulator can be told to have. Names are for command lines and tests. */
export const faultProfiles = {
  'callback-slow': {
    target: 'callback',
    doc: 'the callback reaches the receiver 0.1 s before the time is up (after 4.9 s); who answers at once is in time',
  },
  'callback-too-slow': {
    target: 'callback',
    doc: 'the callback reaches the receiver 0.1 s after the time is up (after 5.1 s): the uploader has got 203 by then, and the answer is lost',
  },
  'callback-reset': {
    target: 'callback',
    doc: 'the connection is reset in the middle of the callback: the receiver gets half a body, the uploader 203',
  },
  'callback-500': {
    target: 'callback',
    doc: 'something before the receiver answers 500: the receiver gets nothing, the uploader 203',
  },
  'callback-301': {
    target: 'callback',
    doc: 'something before the receiver answers 301, which OSS does not follow: the receiver gets nothing, the uploader 203',
  },
  'callback-twice': {
    target: 'callback',
    doc: 'the receiver gets the same callback twice, byte for byte; the uploader gets the first answer',
  },
  'callback-wrong-key': {
    target: 'callback',
    doc: 'the callback is signed with a key that nobody has published',
  },
  'callback-stale-signature': {
    target: 'callback',
    doc: 'the callback carries the signature of the callback before it',
  },
  'callback-lost-answer': {
    target: 'callback',
    doc: 'the receiver gets the callback and answers; the answer never arrives, and the uploader gets 203 when the time is up',
  },
  'store-slow': { target: 'store', doc: 'the request is held back, by a second unless delayMs says otherwise' },
  'store-failing': { target: 'store', doc: 'the request is answered with 500 InternalError, and nothing is stored' },
  'store-unavailable': {
    target: 'store',
    doc: 'the request is answered with 503 ServiceUnavailable, and nothing is stored',
  },
  'store-full': {
    target: 'store',
    doc: 'an upload fails in the middle of its bytes with 500 InternalError, and nothing is stored; reading goes on',
  },
  'store-lost-answer': {
    target: 'store',
    doc: 'the request is done, and the connection is reset before the answer: a client that retries does it twice',
  },
} as const satisfies Record<string, FaultProfileRow>;

export type FaultProfile = keyof typeof faultProfiles;
export type CallbackFaultProfile = Extract<FaultProfile, `callback-${string}`>;
export type StoreFaultProfile = Extract<FaultProfile, `store-${string}`>;

export function isFaultProfile(name: string): name is FaultProfile {
  return Object.hasOwn(faultProfiles, name);
}
