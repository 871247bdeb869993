import { allParts, headerOf, type MimePart, textOf } from '../decoding/mime-parts.ts';
import { messageIdsIn } from '../reading/message-ids.ts';

/** What a bounce says about the mail that came back; read from the report, else from the returned original. */
export interface DeliveryReport {
  /** Of the mail that was sent, newest guess first. */
  readonly originalIds: readonly string[];
  readonly recipients: readonly string[];
  /** `failed` unless the report says that it is only late, or arrived. */
  readonly action: 'failed' | 'delayed' | 'delivered';
  /** Enhanced status code, e.g. `5.1.1`; '' when none is given. */
  readonly status: string;
  readonly diagnostic: string;
}

const MAX_DIAGNOSTIC = 500;
/** Ids and receivers: a report is about one mail. */
const MAX_NAMED = 100;

export function readDeliveryReport(root: MimePart): DeliveryReport {
  const report = allParts(root)
    .filter(({ type }) => /^message\/(global-)?delivery-status$/.test(type))
    .map(textOf)
    .join('\n\n');
  return {
    originalIds: originalIds(root),
    recipients: ['Final-Recipient', 'Original-Recipient']
      .flatMap((name) => fieldsOf(report, name))
      .map((value) =>
        value
          .replace(/^[^;]*;\s*/, '')
          .replace(/^<(.*)>$/, '$1')
          .toLowerCase(),
      )
      .slice(0, MAX_NAMED),
    action: actionOf(fieldsOf(report, 'Action')),
    status: fieldsOf(report, 'Status')[0]?.match(/\d\.\d{1,3}\.\d{1,3}/)?.[0] ?? '',
    diagnostic: (fieldsOf(report, 'Diagnostic-Code')[0] ?? '').slice(0, MAX_DIAGNOSTIC),
  };
}

function originalIds(root: MimePart): string[] {
  const returned = allParts(root)
    .slice(1)
    .flatMap((part) => messageIdsIn(headerOf(part, 'message-id') ?? ''));
  // Servers that return the original as plain text leave its headers readable there.
  const inText = allParts(root)
    .filter(({ type, children }) => type.startsWith('text/') && children.length === 0)
    .flatMap((part) =>
      [...textOf(part).matchAll(/^[> \t]*Message-ID:\s*(<[^<>\s]+>)/gim)].flatMap(([, id = '']) => messageIdsIn(id)),
    );
  const named = ['in-reply-to', 'references', 'x-original-message-id'].flatMap((name) =>
    messageIdsIn(headerOf(root, name) ?? '').toReversed(),
  );
  return [...new Set([...returned, ...inText, ...named])].slice(0, MAX_NAMED);
}

function actionOf(actions: readonly string[]): DeliveryReport['action'] {
  const said = actions.map((action) => action.toLowerCase());
  if (said.length === 0 || said.some((action) => action.startsWith('failed'))) return 'failed';
  return said.some((action) => action.startsWith('delayed')) ? 'delayed' : 'delivered';
}

function fieldsOf(report: string, name: string): string[] {
  return [...report.replace(/\n[ \t]+/g, ' ').matchAll(new RegExp(`^${name}:[ \\t]*(.*)$`, 'gim'))].map(
    ([, value = '']) => value.trim(),
  );
}
