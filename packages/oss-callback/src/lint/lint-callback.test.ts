import { describe, expect, it } from 'vitest';

import encoding from '../vectors/callback-param-encoding.json' with { type: 'json' };
import lint from '../vectors/callback-lint.json' with { type: 'json' };
import { type CallbackLintRow, severityOf } from './callback-lint-row.ts';
import { type CallbackLintRule, callbackLintRules } from './callback-lint-rules.ts';
import { type CallbackLintOptions, lintCallback } from './lint-callback.ts';

interface LintVector {
  readonly rule: string;
  readonly source: string;
  readonly broken: string | object;
  readonly sound: string | object;
  readonly callbackVar?: Record<string, unknown>;
  readonly brokenVar?: string | Record<string, unknown>;
  readonly soundVar?: string | Record<string, unknown>;
  readonly carrier?: 'header';
  readonly contentType?: string;
  readonly corrected?: string;
  readonly fix?: string;
  readonly ec?: string;
  readonly severity?: string;
}

const vectors = lint.vectors as unknown as readonly LintVector[];

const SOUND = {
  callbackUrl: 'http://app.example.com/oss/callback',
  callbackBody: 'bucket=${bucket}&object=${object}&size=${size}',
};

const rulesOf = (input: string | object, options: CallbackLintOptions): string[] =>
  lintCallback(input, options).map(({ rule }) => rule);

describe('lintCallback', () => {
  it('has a broken and a sound callback for each rule', () => {
    expect([...new Set(vectors.map(({ rule }) => rule))].toSorted()).toEqual(Object.keys(callbackLintRules).toSorted());
  });

  it.each(vectors.map((vector) => ({ ...vector, shown: JSON.stringify(vector.broken).slice(0, 100) })))(
    'says $rule of $shown',
    ({ rule, broken, callbackVar, brokenVar = callbackVar, carrier, contentType, corrected, fix, ec, severity }) => {
      const options = { callbackVar: brokenVar, carrier, contentType };
      const finding = lintCallback(broken, options).find((each) => each.rule === rule);
      const row: CallbackLintRow = callbackLintRules[rule as CallbackLintRule];
      expect(finding).toMatchObject({
        rule,
        severity: severity ?? row.severity,
        answer: { status: ec === undefined ? row.answer.status : 400 },
      });
      expect(finding?.answer.ec).toBe(ec ?? row.answer.ec);
      expect(finding).toMatchObject(corrected === undefined ? {} : { corrected });
      expect(finding).toMatchObject(fix === undefined ? {} : { fix });
    },
  );

  it.each(vectors.map((vector) => ({ ...vector, shown: JSON.stringify(vector.sound).slice(0, 100) })))(
    'does not say $rule of $shown',
    ({ rule, sound, callbackVar, soundVar = callbackVar, carrier, contentType }) => {
      expect(rulesOf(sound, { callbackVar: soundVar, carrier, contentType })).not.toContain(rule);
    },
  );

  it.each(vectors.filter(({ corrected }) => corrected !== undefined))(
    'is content with what it makes of $rule ($source)',
    ({ rule, broken, callbackVar, brokenVar = callbackVar, corrected, contentType, carrier }) => {
      const options = { callbackVar: brokenVar, carrier, contentType };
      const finding = lintCallback(broken, options).find((each) => each.rule === rule);
      const repaired =
        typeof broken === 'string'
          ? (corrected ?? '')
          : { ...broken, [finding?.field ?? '']: corrected === 'true' ? true : corrected };
      expect(rulesOf(repaired, options)).not.toContain(rule);
    },
  );

  it('writes problems that end in one full stop and fixes that end in none', () => {
    for (const { broken, callbackVar, brokenVar = callbackVar } of vectors) {
      for (const { problem, fix, consequence, field, doc } of lintCallback(broken, {
        callbackVar: brokenVar,
      })) {
        expect(problem).toMatch(/[^.]\.$/);
        expect(fix).toMatch(/[^.]$/);
        expect(consequence).not.toBe('');
        expect(field).not.toBe('');
        expect(doc).toMatch(/^https:\/\//);
      }
    }
  });
});

describe('lintCallback, on one mistake', () => {
  const json = { ...SOUND, callbackBodyType: 'application/json' };
  const HALF_ESCAPED = JSON.stringify({ ...json, callbackBody: '{"object":${object},"size":${size}}' }).replace(
    String.raw`\"size\"`,
    '"size"',
  );

  it.each([
    ['string-placeholder-in-quotes', { ...json, callbackBody: '{"object":"${object}","size":${size}}' }],
    ['string-placeholder-in-quotes', { ...json, callbackBody: '{"object":"a/${object}","size":${size}}' }],
    ['form-template-as-json', json],
    ['field-unknown', { ...SOUND, callbackUrl2: 'http://a.io' }],
    ['url-invalid', { ...SOUND, callbackUrl: 'http://a..io' }],
    ['url-ipv6', { ...SOUND, callbackUrl: 'http://[::1]:80' }],
    ['private-address', { ...SOUND, callbackUrl: 'http://localhost.' }],
    ['template-quotes-not-escaped', HALF_ESCAPED],
  ])('says %s and nothing else: %j', (rule, callback) => {
    expect(rulesOf(callback, {})).toEqual([rule]);
  });

  it('has no text to put in place of a quoted placeholder that other text stands beside', () => {
    const [finding] = lintCallback({ ...json, callbackBody: '{"object":"a/${object}","size":${size}}' });
    expect(finding).not.toHaveProperty('corrected');
    expect(finding?.fix).toContain('as a field of its own');
  });
});

describe('lintCallback, on callbacks that work', () => {
  it.each([
    ['the one of the Callback page', encoding.vectors.find(({ id }) => id === 'enc-docs-callback')?.base64 ?? ''],
    [
      'the one of page 0007-00000011, over http',
      JSON.stringify({
        callbackUrl: 'http://www.oss-callback.com/test.php',
        callbackBody: '{"mimeType":${mimeType},"size":${size}}',
        callbackBodyType: 'application/json',
      }),
    ],
  ])('has no more than advice for %s', (_what, text) => {
    expect(lintCallback(text).filter(({ effect }) => effect !== 'advice')).toEqual([]);
  });

  it('takes a query value as it stands in a URL, escaped once and not twice', () => {
    const text = encodeURIComponent(Buffer.from(` ${JSON.stringify(SOUND)}`).toString('base64'));
    expect(text).toContain('%');
    expect(rulesOf(text, { carrier: 'query' })).toEqual([]);
    expect(rulesOf(encodeURIComponent(text), { carrier: 'query' })).toEqual(['base64-percent-encoded']);
  });

  it('says nothing about private addresses when told that they are meant', () => {
    const callback = { ...SOUND, callbackUrl: 'http://127.0.0.1:3280/oss/callback' };
    expect(rulesOf(callback, { allowPrivateUrls: true })).toEqual([]);
  });

  it('says nothing about declarations that it does not know, and takes an empty callback-var for none', () => {
    const callback = { ...SOUND, callbackBody: `${SOUND.callbackBody}&uid=\${x:uid}` };
    expect(rulesOf(callback, {})).toEqual([]);
    expect(rulesOf(callback, { callbackVar: '' })).toEqual(['variable-undeclared']);
    expect(rulesOf(callback, { callbackVar: new Map([['x:uid', '1']]) })).toEqual([]);
  });

  it('knows that the numbers of an image are there for an image', () => {
    const callbackBody = '{"object":${object},"size":${size},"width":${imageInfo.width}}';
    const callback = { ...SOUND, callbackBody, callbackBodyType: 'application/json' };
    expect(rulesOf(callback, {})).toEqual(['image-number-bare']);
    expect(rulesOf(callback, { contentType: 'text/plain' })).toContain('image-variable-without-image');
    expect(rulesOf(callback, { contentType: 'image/png' })).toEqual([]);
  });

  it('looks at declared variables also where there is no template to name them', () => {
    const callbackVar = { 'x:a': 1, b: '2', 'x:c': '3' };
    const found = ['var-not-string-map', 'variable-name-without-prefix'];
    expect(rulesOf({ callbackPolicy: 'test_2' }, { callbackVar })).toEqual(found);
    expect(rulesOf('?', { callbackVar })).toEqual(['callback-not-base64', ...found]);
    expect(rulesOf({ ...SOUND, callbackBody: '${object' }, { callbackVar })).toEqual([
      'placeholder-unclosed',
      ...found,
    ]);
  });

  it('leaves everything to the policy item when the bucket supplies the callback', () => {
    expect(rulesOf({ callbackPolicy: 'test_2' }, {})).toEqual([]);
  });
});

describe('callbackLintRules', () => {
  it('is plain data with a documentation link in each row', () => {
    expect(JSON.parse(JSON.stringify(callbackLintRules))).toEqual(callbackLintRules);
    for (const row of Object.values<CallbackLintRow>(callbackLintRules)) {
      expect(row.doc).toMatch(/^https:\/\/(?:www\.alibabacloud\.com|help\.aliyun\.com|github\.com)\//);
      expect(row.severity).toBe(severityOf(row.effect));
    }
  });
});
