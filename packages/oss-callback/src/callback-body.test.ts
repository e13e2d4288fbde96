import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCallbackBody } from './callback-body-parser.ts';
import { type CallbackBodyType, isCallbackBodyType } from './callback-body-type.ts';
import { type CallbackValues, renderCallbackBody } from './callback-body.ts';
import { callbackVariables } from './callback-variables.ts';
import rendering from './vectors/callback-body-rendering.json' with { type: 'json' };

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const upload: CallbackValues = {
  bucket: 'examplebucket',
  object: 'dir/a b+中.txt',
  etag: 'D8E8FCA2DC0F896FD7CB4CB0031BA249',
  size: 5,
  mimeType: 'text/plain',
};

/** All values of one upload of an image, in the order of the table: form and JSON spelling. */
const image: CallbackValues = {
  ...upload,
  'imageInfo.height': 221,
  'imageInfo.width': 396,
  'imageInfo.format': 'png',
  crc64: '9962320026862091862',
  contentMd5: 'x1STW4EVzp0ZZRKUY72zTQ==',
  vpcId: 'vpc-1',
  clientIp: '203.0.113.7',
  reqId: '5B9CDDCC9D2B0CA88AE2BEA1',
  operation: 'PutObject',
};

const render = (bodyType: CallbackBodyType, body: string, values: CallbackValues = upload): string =>
  renderCallbackBody({ body, bodyType }, values);

describe('renderCallbackBody', () => {
  it.each(rendering.vectors)('renders $id ($basis)', ({ callbackBodyType, template, vars, expected }) => {
    const entries = Object.entries(vars).filter(([, value]) => value !== null);
    const values = {
      ...upload,
      ...Object.fromEntries(entries),
      variables: new Map(entries.filter((entry): entry is [string, string] => entry[0].startsWith('x:'))),
    };
    expect(isCallbackBodyType(callbackBodyType) && render(callbackBodyType, template, values)).toBe(expected);
  });

  it('knows every variable of the documentation, each with its kind', () => {
    const template = callbackVariables.map(({ name }) => `\${${name}}`).join(' ');
    expect(render(JSON_TYPE, template, image)).toBe(
      '"examplebucket" "dir/a b+中.txt" "D8E8FCA2DC0F896FD7CB4CB0031BA249" 5 "text/plain" 221 396 "png" ' +
        '"9962320026862091862" "x1STW4EVzp0ZZRKUY72zTQ==" "vpc-1" "203.0.113.7" "5B9CDDCC9D2B0CA88AE2BEA1" "PutObject"',
    );
    expect(render(FORM_TYPE, template, image)).toBe(
      'examplebucket dir%2Fa%20b%2B%E4%B8%AD.txt D8E8FCA2DC0F896FD7CB4CB0031BA249 5 text%2Fplain 221 396 png ' +
        '9962320026862091862 x1STW4EVzp0ZZRKUY72zTQ%3D%3D vpc-1 203.0.113.7 5B9CDDCC9D2B0CA88AE2BEA1 PutObject',
    );
  });

  it('renders what has no value as null for images, as "" for other strings, as nothing in a form', () => {
    const template = '${imageInfo.width},${imageInfo.height},${imageInfo.format},${contentMd5},${vpcId},${x:no},${foo}';
    expect(render(JSON_TYPE, template)).toBe('null,null,null,"","","",null');
    expect(render(FORM_TYPE, template)).toBe(',,,,,,');
  });

  it('renders an empty custom variable like an undefined one', () => {
    expect(render(JSON_TYPE, '${x:a}', { ...upload, variables: new Map([['x:a', '']]) })).toBe('""');
  });

  it('matches names exactly', () => {
    const values = { ...upload, variables: new Map([['x:键值1', 'yes']]) };
    expect(render(JSON_TYPE, '${x:键值1}${X:键值1}${Object}${ object}', values)).toBe('"yes"nullnullnull');
  });

  it('does not take a custom variable whose name lacks the prefix', () => {
    expect(render(FORM_TYPE, 'a=${key1}', { ...upload, variables: new Map([['key1', 'val1']]) })).toBe('a=');
  });

  it('does not find variables on the prototype of anything', () => {
    expect(render(JSON_TYPE, '${constructor}${__proto__}${variables}${toString}')).toBe('nullnullnullnull');
  });

  it('writes numbers bare inside a quoted constant, and adds quotes to strings even there', () => {
    const template = '{"size":"${imageInfo.width}x${imageInfo.height}","wrong":"${bucket}"}';
    expect(render(JSON_TYPE, template, image)).toBe('{"size":"396x221","wrong":""examplebucket""}');
  });

  it('copies a plain Chinese template of type JSON', () => {
    expect(render(JSON_TYPE, '春水碧于天，画船听雨眠。')).toBe('春水碧于天，画船听雨眠。');
  });

  it('encodes a value once, however often the template names it', () => {
    let lookUps = 0;
    class Counting extends Map<string, string> {
      override get(name: string): string | undefined {
        lookUps += 1;
        return super.get(name);
      }
    }
    const variables = new Counting([['x:v', '中']]);
    expect(render(FORM_TYPE, '${x:v}'.repeat(600), { ...upload, variables })).toBe('%E4%B8%AD'.repeat(600));
    expect(lookUps).toBe(1);
  });

  it('never throws, whatever the template', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom<CallbackBodyType>(JSON_TYPE, FORM_TYPE),
        (body, type) => {
          expect(typeof render(type, body)).toBe('string');
        },
      ),
    );
  });

  it('is read back by the parser, in both modes', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, fc.nat(), fc.boolean(), (object, custom, size, isJson) => {
        const template = isJson
          ? '{"bucket":${bucket},"object":${object},"size":${size},"custom":${x:c}}'
          : 'bucket=${bucket}&object=${object}&size=${size}&custom=${x:c}';
        const type = isJson ? JSON_TYPE : FORM_TYPE;
        const body = render(type, template, { ...upload, object, size, variables: new Map([['x:c', custom]]) });
        expect(parseCallbackBody(type, Buffer.from(body))).toEqual({
          ok: true,
          fields: { bucket: upload.bucket, object, size: isJson ? size : String(size), custom },
        });
      }),
    );
  });
});
