import type { OssResponse } from '../http/oss-response.ts';
import { xmlDocument } from '../xml.ts';
import type { StsAnswer } from './sts-action.ts';
import type { StsError } from './sts-error.ts';

export type StsFormat = 'JSON' | 'XML';

/** The root of XML is the action's name and `Response`; JSON has no root. */
export function renderStsAnswer(actionName: string, answer: StsAnswer, format: StsFormat): OssResponse {
  return render(200, `${actionName}Response`, answer, format);
}

export function renderStsError(
  { code, status, message }: StsError,
  { requestId, hostId }: { readonly requestId: string; readonly hostId: string },
  format: StsFormat,
): OssResponse {
  const members: StsAnswer = [
    ['RequestId', requestId],
    ['HostId', hostId],
    ['Code', code],
    ['Message', message],
    ['Recommend', `https://api.aliyun.com/troubleshoot?q=${code}&product=Sts`],
  ];
  return render(status, 'Error', members, format);
}

function render(status: number, root: string, members: StsAnswer, format: StsFormat): OssResponse {
  const text = format === 'XML' ? xmlDocument(root, members) : JSON.stringify(jsonObject(members));
  const type = format === 'XML' ? 'text/xml' : 'application/json';
  const [, requestId] = members.find(([name]) => name === 'RequestId') ?? [];
  return {
    status,
    headers: {
      'Content-Type': `${type};charset=utf-8`,
      'x-acs-request-id': typeof requestId === 'string' ? requestId : undefined,
    },
    body: Buffer.from(text, 'utf8'),
  };
}

function jsonObject(members: StsAnswer): Record<string, unknown> {
  return Object.fromEntries(
    members.map(([name, content]) => [name, typeof content === 'string' ? content : jsonObject(content)]),
  );
}
