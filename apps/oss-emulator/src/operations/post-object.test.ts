import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, CREDENTIALS, REGION, sendPlain } from '../../test/emulator-client.ts';
import { BOUNDARY, closing, field, filePart, formBody, postForm, signedFields } from '../../test/post-form.ts';
import type { FormOptions } from '../../test/post-form.ts';
import { assumeRole } from '../../test/sts-client.ts';
import { startTestEmulator } from '../../test/test-emulator.ts';
import type { TestEmulator } from '../../test/test-emulator.ts';

describe('PostObject', () => {
  let emulator: TestEmulator;

  beforeAll(async () => {
    emulator = await startTestEmulator();
    await emulator.send('PUT', { bucket: 'open-to-all', headers: { 'x-oss-acl': 'public-read-write' } });
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  const post = (options: FormOptions = {}, parts?: readonly Buffer[], headers?: Record<string, string>) =>
    postForm(emulator.url, formBody(signedFields(options), parts), headers);
  const get = (key: string) => emulator.send('GET', { key });

  it.each(['V1', 'V4'] as const)('takes what the FormData of a browser sends, signed with %s', async (version) => {
    const fields = signedFields({ version, key: `browser/\${filename}`, fields: { success_action_status: '200' } });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new File(['file content'], '日出 1.txt', { type: 'text/plain' }));
    const response = await fetch(`${emulator.url}/${BUCKET}`, { method: 'POST', body: form });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('etag')).toBe('"D10B4C3FF123B26DC068D43A8BEF2D23"');
    const stored = await get('browser/日出 1.txt');
    expect([stored.text, stored.headers['content-type']]).toEqual(['file content', 'text/plain']);
    expect(stored.headers['x-oss-object-type']).toBe('Normal');
  });

  it('answers 204 without a body, with the digests of the file', async () => {
    const response = await post();
    expect([response.status, response.body.length]).toEqual([204, 0]);
    expect(response.headers).toMatchObject({
      etag: '"D10B4C3FF123B26DC068D43A8BEF2D23"',
      'content-md5': createHash('md5').update('file content').digest('base64'),
      'x-oss-hash-crc64ecma': expect.stringMatching(/^\d+$/),
    });
  });

  it.each([
    ['200', 200],
    ['204', 204],
    ['404', 204],
    ['', 204],
  ])('answers success_action_status %j with %i and no body', async (status, answered) => {
    const response = await post({ fields: { success_action_status: status } });
    expect([response.status, response.body.length]).toEqual([answered, 0]);
  });

  it('answers success_action_status 201 with XML that says where the object is', async () => {
    const response = await post({ key: 'form/a b+&.txt', fields: { success_action_status: '201' } });
    expect([response.status, response.headers['content-type']]).toEqual([201, 'application/xml']);
    const names = ['Bucket', 'ETag', 'Key', 'Location'];
    expect(names.map((name) => response.element(name))).toEqual([
      BUCKET,
      '"D10B4C3FF123B26DC068D43A8BEF2D23"',
      'form/a b+&.txt',
      `${emulator.url}/${BUCKET}/form%2Fa%20b%2B%26.txt`,
    ]);
    const virtualHosted = await sendPlain(emulator.url, {
      method: 'POST',
      path: '/',
      headers: {
        host: `${BUCKET}.oss-cn-hangzhou.aliyuncs.com`,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'transfer-encoding': 'chunked',
      },
      body: formBody(signedFields({ key: 'v', fields: { success_action_status: '201' } })),
    });
    expect(virtualHosted.element('Location')).toBe(`http://${BUCKET}.oss-cn-hangzhou.aliyuncs.com/v`);
  });

  it.each([
    ['https://example.com/done', 'https://example.com/done?'],
    ['https://example.com/done?from=form#top', 'https://example.com/done?from=form&'],
  ])('sends the browser to success_action_redirect %s, with what was stored in the query', async (redirect, start) => {
    const response = await post({
      key: '日/a',
      fields: { success_action_redirect: redirect, success_action_status: '201' },
    });
    expect([response.status, response.body.length]).toEqual([303, 0]);
    const query = `bucket=${BUCKET}&key=%E6%97%A5%2Fa&etag=%22D10B4C3FF123B26DC068D43A8BEF2D23%22`;
    expect(response.headers['location']?.replace('#top', '')).toBe(`${start}${query}`);
    expect(response.headers['etag']).toBe('"D10B4C3FF123B26DC068D43A8BEF2D23"');
  });

  it.each(['not a url', 'javascript:alert(1)', '/relative', 'https://example.com\r\nX-Evil: 1'])(
    'never redirects to %j with another header in it',
    async (redirect) => {
      const response = await post({ fields: { success_action_redirect: redirect } });
      expect(response.headers['x-evil']).toBeUndefined();
      expect(response.headers['location'] ?? '').not.toMatch(/javascript|relative/);
    },
  );

  it('stores what the fields say about the object, whatever the case of their names', async () => {
    const described = {
      'Cache-Control': 'no-cache',
      'content-disposition': 'attachment; filename="日出.txt"',
      'CONTENT-ENCODING': 'identity',
      Expires: 'Sun, 22 Nov 2026 11:43:45 GMT',
      'X-Oss-Meta-Author': '中文',
      'x-oss-storage-class': 'IA',
      'x-ignored': 'x',
    };
    expect((await post({ key: 'described', fields: described })).status).toBe(204);
    expect((await get('described')).headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-disposition': 'attachment; filename="日出.txt"',
      'content-encoding': 'identity',
      expires: 'Sun, 22 Nov 2026 11:43:45 GMT',
      'x-oss-meta-author': '中文',
      'x-oss-storage-class': 'IA',
    });
  });

  it.each([
    [{ 'x-oss-content-type': 'a/1', 'Content-Type': 'a/2' }, 'a/3', 'a/1'],
    [{ 'Content-Type': 'a/2' }, 'a/3', 'a/2'],
    [{}, 'a/3', 'a/3'],
    [{}, undefined, 'application/octet-stream'],
  ])('takes the type of the object from %j before that of its part, %s', async (fields, ofPart, stored) => {
    const form = { ...signedFields({ key: 'typed', conditions: [['starts-with', '$key', '']] }), ...fields };
    await postForm(emulator.url, formBody(form, [filePart('bytes', 'name="file"', ofPart ?? '')]));
    expect((await get('typed')).headers['content-type']).toBe(stored);
  });

  it.each([
    ['a file without a name', [filePart('content', 'name="file"', undefined)], 'up/.jpg'],
    ['a path', [filePart('content', 'name="FILE"; filename="photos/2026/a.jpg"')], 'up/a.jpg.jpg'],
    ['a Windows path', [filePart('content', String.raw`name="file"; filename="C:\photos\a"`)], 'up/a.jpg'],
    ['dollars', [filePart('content', 'name="file"; filename="$&$\'${filename}"')], "up/$&$'${filename}.jpg"],
  ])('puts the name of the file into the key: %s', async (_what, parts, key) => {
    expect((await post({ key: 'up/${filename}.jpg' }, parts)).status).toBe(204);
    expect((await get(key)).status).toBe(200);
  });

  it('drops the fields behind the file, as those of the sample form of OSS', async () => {
    const parts = [filePart('kept'), field('submit', 'Upload to OSS'), field('key', 'other'), field('callback', '%%%')];
    expect((await post({ key: 'last' }, parts)).status).toBe(204);
    expect((await get('last')).text).toBe('kept');
    expect(emulator.log.find((line) => line.includes('/last →'))).toMatch(
      /POST \/emulator-test\/last → warning: fields behind the file are ignored, put them before it: key, callback$/,
    );
  });

  it('says in the log which fields OSS does not read in a form', async () => {
    const fields = { 'Callback-Var': 'e30=', 'x-oss-tagging': 'a=b', 'x-oss-callback': 'e30=' };
    expect((await post({ key: 'misplaced', fields })).status).toBe(204);
    const lines = emulator.log.filter((line) => line.includes('/misplaced → warning: '));
    expect(lines.map((line) => line.split('warning: ')[1])).toEqual([
      'the field callback-var is ignored: each custom variable is a field of its own, x:name',
      'the field x-oss-callback is ignored: the field is called callback',
      'the field x-oss-tagging is ignored: forms cannot set tags',
    ]);
    expect((await get('misplaced')).headers['x-oss-tagging-count']).toBeUndefined();
  });

  it('lets anybody post to a bucket that is open to all, and nobody unsigned to another', async () => {
    const anonymous = formBody({ key: 'anonymous' });
    const opened = await sendPlain(emulator.url, {
      method: 'POST',
      path: '/open-to-all/',
      headers: {
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        'content-length': String(anonymous.length),
      },
      body: anonymous,
    });
    expect(opened.status).toBe(204);
    const closed = await postForm(emulator.url, anonymous);
    expect([closed.status, closed.element('Code'), closed.element('EC')]).toEqual([
      403,
      'AccessDenied',
      '0003-00000001',
    ]);
  });

  it('does not look at a signature in header or query, as OSS documents it', async () => {
    const response = await post({ key: 'twice-signed' }, undefined, { authorization: 'OSS nobody:nothing' });
    expect(response.status).toBe(204);
  });

  it('gives the object the ACL and the encryption that its fields say', async () => {
    const fields = { 'x-oss-object-acl': 'public-read', 'x-oss-server-side-encryption': 'AES256' };
    const response = await post({ key: 'attributes', fields });
    expect([response.status, response.headers['x-oss-server-side-encryption']]).toEqual([204, 'AES256']);
    const anonymous = await emulator.send('GET', { key: 'attributes', signature: 'none' });
    expect([anonymous.status, anonymous.headers['x-oss-server-side-encryption']]).toEqual([200, 'AES256']);
    const wrong = await post({ key: 'attributes', fields: { 'x-oss-object-acl': 'everybody' } });
    expect([wrong.status, wrong.element('Code')]).toEqual([400, 'InvalidArgument']);
  });

  it('is slowed down by a field as by a header', async () => {
    const startedAtMs = performance.now();
    const fields = { 'x-oss-traffic-limit': '819200' };
    expect((await post({ key: 'slow', fields }, [filePart(Buffer.alloc(50 * 1024))])).status).toBe(204);
    expect(performance.now() - startedAtMs).toBeGreaterThan(450);
    const wrong = await post({ key: 'slow', fields: { 'x-oss-traffic-limit': '1' } });
    expect([wrong.status, wrong.element('EC')]).toEqual([400, '0004-00000502']);
  });

  it('keeps an existing object when the field x-oss-forbid-overwrite says so', async () => {
    const fields = { 'x-oss-forbid-overwrite': 'true' };
    expect((await post({ key: 'once', fields }, [filePart('first')])).status).toBe(204);
    const second = await post({ key: 'once', fields }, [filePart('second')]);
    expect([second.status, second.element('Code')]).toEqual([409, 'FileAlreadyExists']);
    expect((await get('once')).text).toBe('first');
  });

  it('checks Content-MD5 against the whole body, and stores nothing when it differs', async () => {
    const body = formBody(signedFields({ key: 'digested' }));
    const md5 = createHash('md5').update(body).digest('base64');
    const wrong = await postForm(emulator.url, body, { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' });
    expect([wrong.status, wrong.element('Code')]).toEqual([400, 'InvalidDigest']);
    expect((await get('digested')).status).toBe(404);
    expect((await postForm(emulator.url, body, { 'content-md5': md5 })).status).toBe(204);
  });

  it('holds the size of the file against content-length-range, both ends included', async () => {
    const conditions = [['content-length-range', 3, 5]] as const;
    const sized = (size: number) => post({ key: `sized-${size}`, conditions }, [filePart('x'.repeat(size))]);
    const answers = await Promise.all([2, 3, 5, 6].map(sized));
    expect(answers.map(({ status, element }) => [status, element('Code'), element('EC')])).toEqual([
      [400, 'EntityTooSmall', '0006-00000004'],
      [204, undefined, undefined],
      [204, undefined, undefined],
      [400, 'EntityTooLarge', '0006-00000003'],
    ]);
    const stored = await Promise.all([2, 3, 5, 6].map((size) => get(`sized-${size}`)));
    expect(stored.map(({ status }) => status)).toEqual([404, 200, 200, 404]);
  });

  it('obeys the conditions of the policy before the names are expanded', async () => {
    const conditions = [
      ['starts-with', '$key', 'user/42/'],
      ['in', '$content-type', ['text/plain', 'image/png']],
      ['not-in', '$cache-control', ['no-cache']],
    ] as const;
    const fields = { 'cache-control': 'no-store' };
    expect((await post({ key: 'user/42/${filename}', conditions, fields })).status).toBe(204);
    const elsewhere = await post({ key: 'user/43/a', conditions, fields });
    expect([elsewhere.status, elsewhere.element('Code'), elsewhere.element('EC')]).toEqual([
      403,
      'AccessDenied',
      '0006-00000227',
    ]);
    expect(elsewhere.element('Message')).toBe(
      'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "user/42/"]',
    );
    const video = await post({ key: 'user/42/a', conditions, fields }, [filePart('v', 'name="file"', 'video/mp4')]);
    expect(video.element('Message')).toContain('["in", "$content-type", ["text/plain", "image/png"]]');
  });

  it('refuses every change of a field that the signer fixed', async () => {
    const callback = Buffer.from('{"callbackUrl":"http://127.0.0.1:9/","callbackBody":"a=1"}').toString('base64');
    const fields = signedFields({ key: 'fixed', callback, fields: { 'x:user': '1', success_action_status: '200' } });
    const changeable = Object.keys(fields);
    expect(changeable).toContain('x-oss-credential');
    for (const name of changeable) {
      // oxlint-disable-next-line no-await-in-loop
      const changed = await postForm(emulator.url, formBody({ ...fields, [name]: `${fields[name]}x` }));
      expect([name, changed.status]).toEqual([name, expect.toBeOneOf([400, 403])]);
    }
    expect((await get('fixed')).status).toBe(404);
  });

  it.each([
    ['an expired policy', { expiresInSeconds: -1 }, {}, 403, 'AccessDenied', '0006-00000213'],
    [
      'an unknown key',
      {},
      { 'x-oss-credential': `nobody/20260101/${REGION}/oss/aliyun_v4_request` },
      403,
      'InvalidAccessKeyId',
      '0002-00000902',
    ],
    ['a wrong signature', {}, { 'x-oss-signature': '0'.repeat(64) }, 403, 'SignatureDoesNotMatch', '0002-00000040'],
    ['no signature', {}, { 'x-oss-signature': '' }, 400, 'InvalidArgument', '0002-00000704'],
    ['another version', {}, { 'x-oss-signature-version': 'OSS2' }, 400, 'InvalidArgument', '0002-00000701'],
    [
      'a security token of nobody',
      {},
      { 'x-oss-security-token': 'of nobody' },
      403,
      'InvalidSecurityToken',
      '0002-00000006',
    ],
    ['no V1 key id', { version: 'V1' as const }, { OSSAccessKeyId: '' }, 400, 'InvalidArgument', '0002-00000707'],
    ['no V1 signature', { version: 'V1' as const }, { Signature: '' }, 400, 'InvalidArgument', '0002-00000704'],
    ['a policy that is no policy', { version: 'V1' as const }, { policy: '' }, 400, 'InvalidArgument', undefined],
  ])('refuses %s', async (_what, options, change, status, code, ec) => {
    const response = await postForm(emulator.url, formBody({ ...signedFields(options), ...change }));
    expect([response.status, response.element('Code'), response.element('EC')]).toEqual([status, code, ec]);
    expect(response.text).not.toContain(CREDENTIALS.accessKeySecret);
  });

  it.each(['V1', 'V4'] as const)('takes a %s form of a session, as far as its policies allow', async (version) => {
    const Resource = [`acs:oss:*:*:${BUCKET}/session/*`];
    const policy = { Version: '1', Statement: [{ Effect: 'Allow', Action: ['oss:PutObject'], Resource }] };
    const credentials = await assumeRole(emulator.url, { policy });
    const allowed = await post({ version, credentials, key: `session/\${filename}` });
    expect(allowed.status).toBe(204);
    const elsewhere = await post({ version, credentials, key: 'elsewhere' });
    expect([elsewhere.status, elsewhere.element('Code'), elsewhere.element('EC')]).toEqual([
      403,
      'AccessDenied',
      '0003-00000301',
    ]);
    const { 'x-oss-security-token': _token, ...withoutToken } = signedFields({
      version,
      credentials,
      key: 'session/a',
    });
    const unproven = await postForm(emulator.url, formBody(withoutToken));
    expect([unproven.status, unproven.element('Code')]).toEqual([403, 'InvalidAccessKeyId']);
    const other = await assumeRole(emulator.url);
    const mixed = { ...credentials, securityToken: other.securityToken };
    expect((await post({ version, credentials: mixed, key: 'session/a' })).element('Code')).toBe(
      'AccessKeyIdAndSecurityTokenNotMatch',
    );
  });

  it('lets the policy of a session ask for the sender of a form', async () => {
    const Condition = { StringEquals: { 'acs:UserAgent': ['our-app'] } };
    const Statement = [{ Effect: 'Allow', Action: ['oss:PutObject'], Resource: ['*'], Condition }];
    const credentials = await assumeRole(emulator.url, { policy: { Version: '1', Statement } });
    expect((await post({ credentials }, undefined, { 'user-agent': 'our-app' })).status).toBe(204);
    expect((await post({ credentials }, undefined, { 'user-agent': 'another' })).status).toBe(403);
    const pretended = { credentials, fields: { 'user-agent': 'our-app' } };
    expect((await post(pretended, undefined, { 'user-agent': 'another' })).status).toBe(403);
  });

  it('says what OSS says about a V1 form without one of its three fields', async () => {
    const { OSSAccessKeyId: _id, ...withoutId } = signedFields({ version: 'V1' });
    const missing = await postForm(emulator.url, formBody(withoutId));
    expect(missing.element('Message')).toBe('Post request accessKeyId is empty.');
    const { Signature: _signature, ...withoutSignature } = signedFields({ version: 'V1' });
    expect((await postForm(emulator.url, formBody(withoutSignature))).element('Message')).toBe(
      'Post request signature is empty.',
    );
  });

  it('shows the string to sign of a form that does not verify', async () => {
    const fields = signedFields({ version: 'V1' });
    const response = await postForm(emulator.url, formBody({ ...fields, Signature: 'AAAA' }));
    expect(response.element('StringToSign')).toBe(fields['policy']);
    expect(response.element('SignatureProvided')).toBe('AAAA');
  });

  it('calls a signed text that is no policy an invalid document', async () => {
    const fields = signedFields({ version: 'V1' });
    const policy = Buffer.from('{"expiration":"2100-01-01T00:00:00Z","conditions":[e').toString('base64');
    const signature = createHmac('sha1', CREDENTIALS.accessKeySecret).update(policy).digest('base64');
    const response = await postForm(emulator.url, formBody({ ...fields, policy, Signature: signature }));
    expect([response.status, response.element('Code'), response.element('Message')]).toEqual([
      400,
      'InvalidPolicyDocument',
      'Invalid Policy: Invalid JSON: unknown char e.',
    ]);
  });

  it('refuses a form whose file comes before its key, and says where to look', async () => {
    const body = Buffer.concat([filePart(), field('key', 'late'), closing]);
    const response = await postForm(emulator.url, body);
    expect([response.status, response.element('Code')]).toEqual([400, 'InvalidArgument']);
    expect(response.element('Message')).toMatch(/^The bucket POST must contain the specified 'key'\. .*order/);
  });

  it.each([
    ['an empty key', { key: '' }, 'InvalidObjectName'],
    ['a key with a slash in front', { key: '/a' }, 'InvalidObjectName'],
    ['a key that is too long', { key: 'k'.repeat(1024) }, 'InvalidObjectName'],
    ['a storage class that there is not', { key: 'a', 'x-oss-storage-class': 'Gold' }, 'InvalidArgument'],
    ['a line break in a header', { key: 'a', 'Cache-Control': 'no-cache\r\nX-Evil: 1' }, 'InvalidArgument'],
    ['a name that is none of a header', { key: 'a', 'x-oss-meta-ä': '1' }, 'InvalidArgument'],
    ['metadata beyond 8 KB', { key: 'a', 'x-oss-meta-a': 'x'.repeat(8200) }, 'FieldItemTooLong'],
  ])('refuses %s', async (_what, fields, code) => {
    const body = formBody(fields);
    const response = await sendPlain(emulator.url, {
      method: 'POST',
      path: '/open-to-all',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': String(body.length) },
      body,
    });
    expect([response.status, response.element('Code')]).toEqual([400, code]);
  });

  it.each([
    ['key', 'KEY'],
    ['policy', 'Policy'],
    ['x-oss-meta-a', 'x-oss-meta-a'],
    ['x:user', 'x:user'],
  ])('refuses the field %s when it comes a second time as %s', async (name, again) => {
    const fields = signedFields({ fields: { 'x-oss-meta-a': '1', 'x:user': '1' } });
    const response = await postForm(emulator.url, formBody(fields, [field(again, fields[name] ?? ''), filePart()]));
    expect([response.status, response.element('Code')]).toEqual([400, 'InvalidArgument']);
  });

  it('takes a field twice that OSS does not look at, as check boxes send it', async () => {
    const parts = [field('colour', 'red'), field('colour', 'blue'), filePart()];
    expect((await post({ key: 'boxes' }, parts)).status).toBe(204);
  });

  it.each([
    [{ 'content-type': 'application/xml' }, { MetaQuery: '', action: 'createDataset' }, 405, 'MethodNotAllowed'],
    [{ 'content-type': 'application/xml' }, {}, 400, 'RequestIsNotMultiPartContent'],
    [{ 'content-type': 'multipart/form-data' }, { unknown: '' }, 400, 'RequestIsNotMultiPartContent'],
  ])('tells a form without a boundary from another POST: %j %j', async (headers, query, status, code) => {
    const response = await emulator.send('POST', { headers, query, body: 'x' });
    expect([response.status, response.element('Code')]).toEqual([status, code]);
  });

  it('tells a missing bucket from a missing permission', async () => {
    const fields = signedFields({ conditions: [['starts-with', '$bucket', '']] });
    const body = formBody(fields);
    const response = await sendPlain(emulator.url, {
      method: 'POST',
      path: '/no-such-bucket',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, 'content-length': String(body.length) },
      body,
    });
    expect([response.status, response.element('Code')]).toEqual([404, 'NoSuchBucket']);
  });
});
