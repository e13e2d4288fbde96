import { checkCallbackFields } from '../callback-fields.ts';
import type { CallbackConfigRule } from '../callback-config-errors.ts';
import { type AddFinding, type CallbackFinding, collectFindings } from './callback-findings.ts';
import { type CallbackLintRule, callbackLintRules } from './callback-lint-rules.ts';
import { lintCallbackBody } from './lint-callback-body.ts';
import { type CallbackMembers, lintMemberNames, lintRequestMembers, lintUrls } from './lint-callback-fields.ts';
import { lintCallbackVariables } from './lint-callback-variables.ts';
import { type CallbackCarrier, type CarriedField, readCarriedText } from './read-carried-text.ts';

/** What is known about the upload, beside its callback parameter. */
export interface CallbackLintOptions {
  /**
   * `callback-var` in any spelling, or names and values, `x:` included. Unless given, nothing is said about which custom
   * variables are declared; `{}` means that none is.
   */
  readonly callbackVar?: string | Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown> | undefined;
  /** Where the text was found: plain JSON is a fault then, and percent-encoding one outside a query. */
  readonly carrier?: CallbackCarrier | undefined;
  /** `Content-Type` of the object. */
  readonly contentType?: string | undefined;
  /** Says nothing about private addresses, for a receiver beside an emulator. */
  readonly allowPrivateUrls?: boolean | undefined;
}

/**
 * Says what is wrong with a callback parameter, what real OSS does about it, and what to write instead.
 *
 * Takes the parameter as its Base64, its JSON or an object, correct or not, and judges what is written: defaults that
 * `encodeCallbackParam` fills in are missing until it has done so. Answers an empty list when there is nothing to say.
 * Never throws, takes bounded time; of more than 16 384 characters only the length is reported.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/callback
 */
export function lintCallback(input: string | object, options: CallbackLintOptions = {}): readonly CallbackFinding[] {
  const { list, add } = collectFindings();
  const { callbackVar, carrier } = options;
  const members = joinUrls(input, readInput(input, 'callback', carrier, add), add);
  const declared = callbackVar === '' ? {} : readOptional(callbackVar, carrier, add);
  const used = members === undefined ? undefined : lintMembers(members, options, add);
  lintCallbackVariables({ used, declared }, add);
  if (members !== undefined) {
    lintAsOss(members, list, add);
  }
  return list;
}

/** Objects are looked at as the JSON that would be sent. */
function readInput(
  input: unknown,
  field: CarriedField,
  carrier: CallbackCarrier | undefined,
  add: AddFinding,
): CallbackMembers | undefined {
  if (typeof input === 'string') {
    return readCarriedText(input, field, carrier, add);
  }
  let json: string | undefined;
  try {
    json = JSON.stringify(input instanceof Map ? Object.fromEntries(input) : input);
  } catch {
    // Cycles, big integers, throwing getters: no JSON comes of these.
  }
  return readCarriedText(json ?? 'null', field, undefined, add);
}

function readOptional(
  callbackVar: CallbackLintOptions['callbackVar'],
  carrier: CallbackCarrier | undefined,
  add: AddFinding,
): CallbackMembers | undefined {
  return callbackVar === undefined ? undefined : readInput(callbackVar, 'callback-var', carrier, add);
}

/** A list of URLs, which only our own encoder takes, is looked at as the encoder joins it. */
function joinUrls(
  input: string | object,
  members: CallbackMembers | undefined,
  add: AddFinding,
): CallbackMembers | undefined {
  const urls = members?.['callbackUrl'];
  if (typeof input === 'string' || !Array.isArray(urls) || !urls.every((url) => typeof url === 'string')) {
    return members;
  }
  if (urls.some((url) => url.includes(';'))) {
    add('url-holds-separator', 'callbackUrl');
  }
  return { ...members, callbackUrl: urls.join(';') };
}

/** Looks at the members; answers the names of the template's variables, `undefined` without a template. */
function lintMembers(
  members: CallbackMembers,
  options: CallbackLintOptions,
  add: AddFinding,
): readonly string[] | undefined {
  const misspelt = lintMemberNames(members, add);
  const { callbackUrl = '', callbackBody = '', callbackPolicy } = members;
  if (callbackPolicy !== undefined && callbackUrl === '') {
    // The bucket's policy item supplies the callback.
    return undefined;
  }
  if (callbackUrl !== '' && callbackUrl !== null) {
    lintUrls(members, { allowPrivateUrls: options.allowPrivateUrls ?? false }, add);
  } else if (!misspelt.has('callbackUrl')) {
    add('url-missing', 'callbackUrl');
  }
  const bodyType = lintRequestMembers(members, add);
  if (typeof callbackBody !== 'string' || callbackBody === '') {
    return undefined;
  }
  const isImage = options.contentType === undefined ? undefined : /^image\//i.test(options.contentType);
  return lintCallbackBody({ template: callbackBody, bodyType, isImage }, add);
}

/** What OSS refuses and no check above has reported. */
function lintAsOss(members: CallbackMembers, list: readonly CallbackFinding[], add: AddFinding): void {
  const checked = checkCallbackFields(members);
  if (checked.ok) {
    return;
  }
  const rule = ruleOf(checked.rule);
  const { ec } = callbackLintRules[rule].answer;
  if (!list.some(({ answer, effect }) => effect === 'refused' && answer.ec === ec)) {
    add(rule, checked.field);
  }
}

function ruleOf(rule: CallbackConfigRule): CallbackLintRule {
  return Object.hasOwn(callbackLintRules, rule) ? (rule as CallbackLintRule) : 'body-type-misspelt';
}
