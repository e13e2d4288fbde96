/** What can be wrong with the placeholders of a `callbackBody`; the values are rows of `callbackConfigErrors`. */
export type TemplateFault = 'placeholder-without-brace' | 'placeholder-unclosed';

/** `${name}`: the only placeholder OSS knows; `$(name)` appears in old documentation and is refused by the service. */
const PLACEHOLDER = /\$\{([^}]*)\}/g;

/**
 * Looks for what OSS refuses before it stores anything: a `$` that no `{` follows, or a `${` that no `}` closes.
 *
 * @see https://help.aliyun.com/zh/oss/user-guide/0007-00000105
 */
export function findTemplateFault(template: string): TemplateFault | undefined {
  if (/\$(?!\{)/.test(template)) {
    return 'placeholder-without-brace';
  }
  const lastPlaceholder = template.lastIndexOf('${');
  return lastPlaceholder !== -1 && !template.includes('}', lastPlaceholder) ? 'placeholder-unclosed' : undefined;
}

/** Replaces every `${name}`; all other characters are copied as they are. */
export function fillTemplate(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(PLACEHOLDER, (_placeholder, name: string) => valueOf(name));
}

/** One `${name}` of a template. */
export interface Placeholder {
  readonly name: string;
  /** Whether it stands inside a JSON string constant, as in `"${object}"`. */
  readonly insideQuotes: boolean;
}

/** All placeholders in order, as the quotes of a JSON template enclose them. */
export function placeholdersOf(template: string): readonly Placeholder[] {
  const placeholders: Placeholder[] = [];
  // One token at a time: an escaped character, a quote, a placeholder. What is between them changes nothing.
  let insideQuotes = false;
  for (const token of template.matchAll(/\\[^]|"|\$\{([^}]*)\}/g)) {
    if (token[0] === '"') {
      insideQuotes = !insideQuotes;
    } else if (token[1] !== undefined) {
      placeholders.push({ name: token[1], insideQuotes });
    }
  }
  return placeholders;
}

/** Names between `${` and `}`, in order, whatever stands around them. */
export function placeholderNames(template: string): readonly string[] {
  return Array.from(template.matchAll(PLACEHOLDER), ([, name = '']) => name);
}

/** The constants between the placeholders: one more than there are placeholders, some perhaps empty. */
export function constantsOf(template: string): readonly string[] {
  return template.split(/\$\{[^}]*\}/);
}
