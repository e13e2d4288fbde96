/** The current time; a parameter, so that tests can set it. */
export type Clock = () => Date;

/** Injection token of the {@link Clock}. */
export const CLOCK = Symbol('clock');
