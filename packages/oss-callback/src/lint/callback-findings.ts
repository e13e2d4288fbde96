import { type CallbackConfigRule, callbackConfigErrors } from '../callback-config-errors.ts';
import type {
  CallbackLintAnswer,
  CallbackLintEffect,
  CallbackLintRow,
  CallbackLintSeverity,
} from './callback-lint-row.ts';
import { refusedWith, severityOf } from './callback-lint-row.ts';
import { type CallbackLintRule, callbackLintRules } from './callback-lint-rules.ts';

/** One thing that `lintCallback` found. */
export interface CallbackFinding {
  readonly rule: CallbackLintRule;
  readonly severity: CallbackLintSeverity;
  readonly effect: CallbackLintEffect;
  /** Where: a member of the callback JSON, `callback`, `callback-var`, or the full name of a custom variable. */
  readonly field: string;
  /** One sentence. */
  readonly problem: string;
  /** What real OSS does about it. */
  readonly consequence: string;
  readonly answer: CallbackLintAnswer;
  /** What to write. Holds no more of the input than the place at fault. */
  readonly fix: string;
  /** The whole value of `field` with this fault corrected, where that can be told. */
  readonly corrected?: string;
  readonly doc: string;
}

/** What a check knows beyond the rule's row. */
export interface FindingDetails {
  /** The place at fault, put behind the problem. */
  readonly at?: string;
  /** In place of the row's. */
  readonly fix?: string | undefined;
  readonly consequence?: string | undefined;
  readonly effect?: CallbackLintEffect | undefined;
  readonly corrected?: string | undefined;
  /** The same fault in `callback-var` has another code. */
  readonly refusal?: CallbackConfigRule | undefined;
}

/** Hostile input may break one rule thousands of times: the first few of each rule are enough. */
const MAX_FINDINGS_PER_RULE = 10;
const MAX_QUOTED_CHARACTERS = 120;

export type AddFinding = (rule: CallbackLintRule, field: string, details?: FindingDetails) => void;

export interface CallbackFindings {
  readonly list: readonly CallbackFinding[];
  readonly add: AddFinding;
}

/** Collects findings, each thing once. */
export function collectFindings(): CallbackFindings {
  const list: CallbackFinding[] = [];
  const counts = new Map<CallbackLintRule, number>();
  return {
    list,
    add(rule, field, details = {}) {
      const finding = createFinding(rule, field, details);
      const count = counts.get(rule) ?? 0;
      const known = list.some(
        (other) => other.rule === rule && other.field === finding.field && other.problem === finding.problem,
      );
      if (count < MAX_FINDINGS_PER_RULE && !known) {
        counts.set(rule, count + 1);
        list.push(finding);
      }
    },
  };
}

function createFinding(rule: CallbackLintRule, field: string, details: FindingDetails): CallbackFinding {
  const row: CallbackLintRow = callbackLintRules[rule];
  const refusal = details.refusal === undefined ? undefined : refusedWith(details.refusal);
  const effect = refusal?.effect ?? details.effect ?? row.effect;
  const at = details.at === undefined ? '' : `: ${shorten(details.at)}`;
  return {
    rule,
    severity: severityOf(effect),
    effect,
    field: shorten(field),
    problem: `${row.problem}${at}.`,
    consequence: details.consequence ?? refusal?.consequence ?? row.consequence,
    answer: refusal?.answer ?? row.answer,
    fix: details.fix ?? row.fix,
    ...(details.corrected === undefined ? {} : { corrected: details.corrected }),
    doc: details.refusal === undefined ? row.doc : callbackConfigErrors[details.refusal].doc,
  };
}

/** For texts that are put into a sentence. Half a surrogate pair at the cut does no harm. */
export function shorten(text: string): string {
  return text.length > MAX_QUOTED_CHARACTERS ? `${text.slice(0, MAX_QUOTED_CHARACTERS)}…` : text;
}
