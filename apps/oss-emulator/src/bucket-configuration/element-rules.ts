/** What a configuration may hold: its elements in the order in which OSS answers them. */
export type ContentRules = Readonly<Record<string, ElementRule>>;

/** Text or elements, and how many of them. */
export interface ElementRule {
  /** For text: how it is kept, or `undefined` for what it must not be. */
  readonly read?: (text: string) => string | undefined;
  /** For elements. */
  readonly content?: ContentRules;
  /** Said of text that is refused: `must be Enabled or Disabled`. */
  readonly rule?: string;
  readonly isRequired?: boolean;
  /** The most of them; one unless given. */
  readonly max?: number;
  /** What stands in for an element that is not there. */
  readonly fallback?: string;
}

/** Any text, blanks included: keys may begin with one. */
export const anyText: ElementRule = { read: (text) => text };

/** Text without the blanks around it. */
export const word: ElementRule = { read: (text) => text.trim() };

/** In any case, as the Python SDK writes `True`; answered in lower case, which is all that it reads. */
export const flag: ElementRule = {
  read: (text) => ['true', 'false'].find((value) => value === text.trim().toLowerCase()),
  rule: 'must be true or false',
};

export function oneOf(...values: string[]): ElementRule {
  return {
    read: (text) => values.find((value) => value === text.trim()),
    rule: `must be ${values.join(' or ')}`,
  };
}

/** A decimal number without leading zeros. */
export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): ElementRule {
  return {
    read: (text) => {
      const digits = text.trim();
      return /^(?:0|-?[1-9]\d{0,14})$/.test(digits) && Number(digits) >= min && Number(digits) <= max
        ? digits
        : undefined;
    },
    rule: `must be a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`,
  };
}

/** Midnight, as lifecycle rules want it: `2022-11-11T00:00:00.000Z`. */
export const midnight: ElementRule = {
  read: (text) => {
    const time = text.trim();
    return /^\d{4}-\d\d-\d\dT00:00:00(?:\.000)?Z$/.test(time) && !Number.isNaN(Date.parse(time))
      ? new Date(time).toISOString()
      : undefined;
  },
  rule: 'must be midnight in UTC, such as 2022-11-11T00:00:00.000Z',
};

export function group(content: ContentRules): ElementRule {
  return { content };
}

export function required(element: ElementRule): ElementRule {
  return { ...element, isRequired: true };
}

export function many(element: ElementRule, max: number = 1000): ElementRule {
  return { ...element, max };
}

export function withFallback(element: ElementRule, fallback: string): ElementRule {
  return { ...element, fallback };
}
