import { describe, expect, it } from 'vitest';

import { fillTemplate, findTemplateFault, placeholdersOf } from './callback-template.ts';

describe('findTemplateFault', () => {
  it.each([
    ['object=$(object)', 'placeholder-without-brace'],
    ['size=${size}&my_var=$x:my_var}', 'placeholder-without-brace'],
    ['price=5$', 'placeholder-without-brace'],
    ['$ {object}', 'placeholder-without-brace'],
    ['$${object}', 'placeholder-without-brace'],
    ['a=${object', 'placeholder-unclosed'],
    ['a=${', 'placeholder-unclosed'],
    ['a=${object}&b=${size', 'placeholder-unclosed'],
    ['bucket=${bucket}&x=${x:my var}', undefined],
    ['a=%24%7Bbucket%7D', undefined],
    ['a=}{', undefined],
    ['', undefined],
  ])('judges %j: %s', (template, fault) => {
    expect(findTemplateFault(template)).toBe(fault);
  });
});

describe('fillTemplate', () => {
  it('replaces placeholders and copies everything else', () => {
    expect(fillTemplate('a=${one}&b=%2F+${two}}中$', (name) => `<${name}>`)).toBe('a=<one>&b=%2F+<two>}中$');
  });

  it('does not look into what it has put in', () => {
    expect(fillTemplate('${a}', () => '${b}$&$1')).toBe('${b}$&$1');
  });
});

describe('placeholdersOf', () => {
  it.each([
    ['{"a":"${object}","b":${size}}', ['object']],
    ['{"a":${object}}', []],
    ['{"a":"x ${imageInfo.width},${imageInfo.height} y"}', ['imageInfo.width', 'imageInfo.height']],
    [String.raw`{"a":"\"${'${object}'}"}`, ['object']],
    [String.raw`{"a":"\\",${'"b":${object}'}}`, []],
    ['{"${bucket}":1}', ['bucket']],
    ['{${"}"}', []],
  ])('finds in the quotes of %s: %j', (template, names) => {
    const quoted = placeholdersOf(template).filter(({ insideQuotes }) => insideQuotes);
    expect(quoted.map(({ name }) => name)).toEqual(names);
  });
});
