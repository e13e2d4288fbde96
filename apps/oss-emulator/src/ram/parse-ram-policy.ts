import { isConditionOperator } from './condition-operators.ts';
import type { PatternList, RamCondition, RamPolicy, RamStatement } from './ram-policy.ts';

export type ParsedRamPolicy =
  | { readonly ok: true; readonly policy: RamPolicy }
  /** `rule` says what is wrong and where: `Statement[0].Effect must be Allow or Deny`. */
  | { readonly ok: false; readonly rule: string };

/**
 * Reads a policy document: `Version` 1, a list of statements, in each `Effect`, `Action` or `NotAction`, `Resource` (or
 * `NotResource`, which OSS's bucket policies know) and at will `Condition`. Members that the language does not have are
 * refused, because a misspelt `Condition` would grant what it was to withhold. `Principal` belongs to policies of buckets.
 *
 * https://www.alibabacloud.com/help/en/ram/policy-structure-and-syntax; how strict RAM's own check is, is assumed.
 *
 * @param text the caller has limited its length
 */
export function parseRamPolicy(text: string, kind: PolicyKind = 'identity'): ParsedRamPolicy {
  try {
    return { ok: true, policy: readPolicy(text, kind) };
  } catch (error) {
    if (!(error instanceof PolicyGrammarError)) throw error;
    return { ok: false, rule: error.message };
  }
}

/** The rule about the one version of the language: OSS has a code of its own for it. */
export const VERSION_RULE = 'Version must be "1"';

/** What the policy is attached to: somebody, or a bucket. */
export type PolicyKind = 'identity' | 'bucket';

class PolicyGrammarError extends Error {
  override readonly name = 'PolicyGrammarError';
}

type Members = Readonly<Record<string, unknown>>;

function readPolicy(text: string, kind: PolicyKind): RamPolicy {
  const document = readMembers(parseJson(text), 'the policy', ['Version', 'Statement']);
  if (document['Version'] !== '1') throw new PolicyGrammarError(VERSION_RULE);
  const statements = document['Statement'];
  if (!Array.isArray(statements) || statements.length === 0) {
    throw new PolicyGrammarError('Statement must be a list of at least one statement');
  }
  return {
    statements: statements.map((statement: unknown, index) => readStatement(statement, `Statement[${index}]`, kind)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyGrammarError('the policy must be JSON');
  }
}

function readStatement(value: unknown, where: string, kind: PolicyKind): RamStatement {
  const known = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
  if (kind === 'bucket') known.push('Principal');
  const members = readMembers(value, where, known);
  const effect = members['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyGrammarError(`${where}.Effect must be Allow or Deny`);
  return {
    effect,
    ...(kind === 'bucket' ? { principals: readPrincipals(members['Principal'], effect, `${where}.Principal`) } : {}),
    action: readPatterns(members, 'Action', where),
    resource: readPatterns(members, 'Resource', where),
    conditions: readConditions(members['Condition'], `${where}.Condition`),
  };
}

/**
 * An empty list is everybody, as its page says. OSS takes a statement without the member (Python SDK, `test_bucket_policy`);
 * that such an Allow is for nobody and such a Deny for everybody is assumed: nothing is opened by what was left out.
 */
function readPrincipals(value: unknown, effect: RamStatement['effect'], where: string): readonly string[] {
  if (value === undefined) return effect === 'Deny' ? ['*'] : [];
  if (Array.isArray(value) && value.length === 0) return ['*'];
  return readTexts(value, where);
}

function readPatterns(members: Members, name: 'Action' | 'Resource', where: string): PatternList {
  const [plain, negated] = [members[name], members[`Not${name}`]];
  if ((plain === undefined) === (negated === undefined)) {
    throw new PolicyGrammarError(`${where} must have either ${name} or Not${name}`);
  }
  const excluded = plain === undefined;
  return { patterns: readTexts(plain ?? negated, `${where}.${excluded ? 'Not' : ''}${name}`), excluded };
}

function readConditions(value: unknown, where: string): readonly RamCondition[] {
  if (value === undefined) return [];
  return Object.entries(readMembers(value, where)).flatMap(([operator, keys]) => {
    if (!isConditionOperator(operator)) throw new PolicyGrammarError(`${where}.${operator} is no operator`);
    return Object.entries(readMembers(keys, `${where}.${operator}`)).map(([key, values]): RamCondition => {
      return { operator, key: key.toLowerCase(), values: readTexts(values, `${where}.${operator}.${key}`) };
    });
  });
}

/** @param known any name will do without it */
function readMembers(value: unknown, where: string, known?: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PolicyGrammarError(`${where} must be an object`);
  }
  const unknown = known === undefined ? undefined : Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new PolicyGrammarError(`${where} must not have ${JSON.stringify(unknown)}`);
  return value as Members;
}

/** One text, or a list of them. Numbers and truth values have to be quoted, says the page of the syntax. */
function readTexts(value: unknown, where: string): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    throw new PolicyGrammarError(`${where} must be a text or a list of texts`);
  }
  return texts;
}
