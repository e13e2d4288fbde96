import { faultProfiles } from './fault-profiles.ts';
import type { CallbackFaultProfile, FaultProfile, FaultTarget, StoreFaultProfile } from './fault-profiles.ts';
import { checkFault } from './fault-rules.ts';

/** A fault, and what it strikes; everything that is not said is struck. */
export interface Fault {
  readonly profile: FaultProfile;
  /** Only requests on this bucket. */
  readonly bucket?: string;
  /** Only requests on objects whose keys begin so. */
  readonly keyPrefix?: string;
  /** Only this operation, by OSS's name: `UploadPart`. */
  readonly operation?: string;
  /** Only the next so many; all of them unless given. */
  readonly times?: number;
  /** Of `store-slow`. */
  readonly delayMs?: number;
}

export interface FaultState extends Fault {
  /** How often it has struck. */
  readonly struck: number;
}

/**
 * The faults that are in force. Which request is struck follows from their order alone: the first one that fits and is not
 * used up strikes, for callbacks and requests apart.
 */
export interface Faults {
  /**
   * Replaces all of them; a name stands for a fault without limits.
   * @throws {ConfigError} for a fault that breaks a rule; nothing changes then
   */
  set(...faults: ReadonlyArray<Fault | FaultProfile>): void;
  /** In force and used up, in order. */
  list(): readonly FaultState[];
  /** Everything works again. */
  clear(): void;
}

/** What a fault may strike. */
export interface FaultSubject {
  readonly operation: string;
  /** Empty when it is about no bucket. */
  readonly bucket: string;
  /** Empty when it is about no object. */
  readonly key: string;
}

export type StruckFault<Profile extends FaultProfile> = Fault & { readonly profile: Profile };

/** For the parts of the emulator that faults strike: each call uses a fault up. */
export interface FaultSource extends Faults {
  takeCallbackFault(subject: FaultSubject): StruckFault<CallbackFaultProfile> | undefined;
  takeStoreFault(subject: FaultSubject): StruckFault<StoreFaultProfile> | undefined;
}

export function createFaults(): FaultSource {
  let active: Array<{ readonly fault: Fault; struck: number }> = [];

  function take(target: FaultTarget, subject: FaultSubject): Fault | undefined {
    const found = active.find(
      ({ fault, struck }) =>
        faultProfiles[fault.profile].target === target && struck < (fault.times ?? Infinity) && strikes(fault, subject),
    );
    if (found === undefined) return undefined;
    found.struck += 1;
    return found.fault;
  }

  return {
    set(...faults) {
      const checked = faults.map((fault) => checkFault(typeof fault === 'string' ? { profile: fault } : fault));
      active = checked.map((fault) => ({ fault, struck: 0 }));
    },
    list: () => active.map(({ fault, struck }) => ({ ...fault, struck })),
    clear() {
      active = [];
    },
    takeCallbackFault: (subject) => take('callback', subject) as StruckFault<CallbackFaultProfile> | undefined,
    takeStoreFault: (subject) => take('store', subject) as StruckFault<StoreFaultProfile> | undefined,
  };
}

function strikes({ bucket, keyPrefix, operation }: Fault, subject: FaultSubject): boolean {
  if (bucket !== undefined && bucket !== subject.bucket) return false;
  if (operation !== undefined && operation !== subject.operation) return false;
  return keyPrefix === undefined || (subject.key !== '' && subject.key.startsWith(keyPrefix));
}
