import { declaredCharset, headerOf } from '../decoding/mime-parts.ts';
import { type Mailbox, readAddresses } from '../reading/addresses.ts';
import type { ParsedEmail } from '../reading/parsed-email.ts';

/** Everybody whom a message names as its writer, and what else tells who of them wrote it. */
export interface NamedWriters {
  readonly from: Mailbox | undefined;
  readonly replyTo: readonly Mailbox[];
  /** What a group that puts its own address into From has kept of it. */
  readonly originalFrom: Mailbox | undefined;
  readonly sender: Mailbox | undefined;
  /** To and Cc. */
  readonly receivers: readonly string[];
  /** Made by the program of a web site, not by a mail program. */
  readonly isByProgram: boolean;
  /** For many: a newsletter or a mailing list. */
  readonly isBulk: boolean;
  /** It answers another letter, which programs of web sites do not. */
  readonly isAnswer: boolean;
  readonly text: string;
}

export function namedWriters({ root, text }: ParsedEmail): NamedWriters {
  const declared = declaredCharset(root);
  const header = (name: string) => headerOf(root, name) ?? '';
  const addresses = (name: string) => readAddresses(header(name), declared);
  const [writtenFrom] = addresses('from');
  return {
    from: writtenFrom,
    replyTo: addresses('reply-to'),
    originalFrom: [...addresses('x-original-from'), ...addresses('x-original-sender')][0],
    sender: addresses('sender')[0],
    receivers: [...addresses('to'), ...addresses('cc')].map(({ address }) => address),
    isByProgram:
      /phpmailer|wordpress|drupal|joomla|typo3|magento|prestashop|shopify|woocommerce|swiftmailer|symfony|laravel/i.test(
        header('x-mailer'),
      ) ||
      header('x-php-originating-script') !== '' ||
      /^\s*auto-generated/i.test(header('auto-submitted')),
    isBulk:
      ['list-id', 'list-unsubscribe', 'list-post'].some((name) => header(name) !== '') ||
      /^\s*(bulk|list|junk)/i.test(header('precedence')),
    isAnswer: header('in-reply-to') !== '',
    text: text.slice(0, 20_000),
  };
}
