import type { Clue } from '../letters/evidence.ts';

// Written by mail servers of many makes and languages. Weights: classify-bounce.ts.

export const daemonNames: readonly Clue[] = [
  {
    what: 'sender-daemon',
    weight: 50,
    pattern:
      /^(mailer[-_.]?daemon|po+st[-_]?master|mail[-_]?daemon|mdaemon|mailerdaemon|mailadmin|systems?-?administrator|mail-daemon|bounces?|mta|ndr|delivery-status|mail-?delivery|mailer|sysadmin|amavisd?|system-?admin|mmail-daemon|double-bounce)([-+.=_][^@]*)?(@|$)/i,
  },
  {
    what: 'sender-daemon',
    weight: 50,
    pattern:
      /mail(er)? ?daemon|mail delivery (sub)?system|mail system|system administrator|e-?mail delivery|internet mail delivery|content-filter|returned mail|undeliverable|mail administrator|mail router|smtp relay/i,
  },
];

export const bounceSubjects: readonly Clue[] = [
  {
    what: 'subject-failure',
    weight: 40,
    pattern:
      /^\W*(undeliver(able|ed)|undelivered mail|returned mail|mail (system )?(delivery )?(failed|failure|error)|mail (not|could not be) delivered|message (delivery )?(failed|failure|error|status|undeliverable)|deliver(y|ies) (status|failure|failed|error|report|problem|notification|has failed|delayed|incomplete|unsuccessful)|failure notice|failure delivery|failed (mail|delivery|to deliver)|warning: (message|could not send)|notice: mail delivery|message you sent|non[- ]delivery|non deliver|error (sending|mail)|sorry, your message|your message (to|could|couldn)|unable to deliver|could not (send|deliver)|delayed mail|mail delivery|permanent (delivery )?failure|temporary (delivery )?failure|rejected|recipient unknown|user unknown|address (not found|unknown)|there was an error|bounce(d)?\b|dsn:|ndn:|undeliv)/i,
  },
  {
    what: 'subject-failure',
    weight: 40,
    pattern:
      /^\W*(unzustellbar|nicht zustellbar|nicht zugestellt|zustellung|mail konnte nicht|fehler bei|non remis|échec|remise|message non|courrier|non recapitabile|mancato recapito|impossibile|mensaje no|no se (puede|pudo)|devuelto|não (é possível|foi)|mensagem (não|devolvida)|niedostarczal|niedostarczon|zwrot|nie można dostarczyć|недоставлен|не удалось|сообщение не|onbestelbaar|ikke leveret|kan inte levereras|olevererbart|doručení|nedoručiteln|配信|配達|メールエラー|送信(エラー|失敗)|退信|系统退信|投递|邮件)/i,
  },
];

export const listServerSubjects: readonly Clue[] = [
  {
    what: 'subject-list-server',
    weight: 100,
    pattern: /^(loop alert: duplicated message-id|you \S+@\S+ are not (a )?member)/i,
  },
];

/** A list that does not take what was sent to it. */
export const listRefusals: readonly Clue[] = [
  {
    what: 'subject-list-refusal',
    weight: 60,
    pattern:
      /^\W*(post(ing)? to \S+@\S+ (denied|rejected|refused|not allowed)|your (message|post(ing)?|e-?mail) to \S+ (awaits moderator|has been (rejected|denied)|was (rejected|denied|not (posted|distributed))|is being held)|request to mailing list \S+ rejected|rejected (posting|message) (to|for) \S+|(un)?able to post to \S+|bounce \S+@\S+: |non-?member submission|message distribution (rejected|refused)|you may not post|\S+: (posting|message) (denied|rejected)|(your )?(message|post(ing)?|e-?mail|submission) (was |has been )?(rejected|denied|refused|not accepted|held for (approval|moderation))\b)/i,
  },
];

export const listSenders: readonly Clue[] = [
  {
    what: 'sender-list-server',
    weight: 40,
    pattern:
      /^([^@]+[-+](owner|bounces?|request|admin|noreply)([-+=][^@]*)?|owner-[^@]+|listserv|majordomo|mailman|sympa|mlmmj|lists?(erv)?-?(owner|admin))@/i,
  },
];

export const listTexts: readonly Clue[] = [
  {
    what: 'text-list-refusal',
    weight: 40,
    pattern:
      /(only (subscribers|members) (may|can|are allowed to) post|(you are |is )?not (a )?(subscribed|member|subscriber)( of| to)|non-?members? (may|can|are) not|awaits moderator approval|managing the <?\S+@\S+>? mailing list|posting to (this|the) (list|group) (is|was) (not allowed|restricted|rejected|denied)|your (message|post(ing)?|e-?mail) to (the |this )?(mailing )?(list|group)\b.{0,80}(rejected|denied|refused|held))/i,
  },
];

export const bounceTexts: readonly Clue[] = [
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /this (is an? )?(message|e-?mail|report)? ?(was )?(created|generated) automatically by (the )?mail (delivery )?(software|system)/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /hi\. this is the (qmail|deliver)|this is the (mail system|postfix|mail delivery|mailer|dragonfly|mail transfer)/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /the following (address(es)?|recipient(s)?|destination)[^.\n]{0,60}(fatal|failed|problem|error|undeliver|fail|reject|did not|not (be )?(reach|deliver))/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /(could not|couldn['’]t|cannot|can not|wasn['’]t able to|unable to|was not|were not|not able to|has not been|have not been|failed to|did not|no longer be)( be)? (successfully )?(deliver|reach|sent to|send)/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /(transcript of session|undeliverable|delivery (has )?(failed|to the following)|permanent (fatal )?error|message (was )?(rejected|refused|blocked|returned)|returned to (the )?sender|delivery attempt|host unknown|user unknown|unknown user|mailbox (is )?(full|unavailable)|over quota|unrout(e)?able address|message has been (blocked|rejected)|delivery status notification)/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /(konnte nicht (zugestellt|ausgeliefert)|n'a pas pu être|n’a pas pu être|non è stato (possibile )?(recapit|consegn)|no se (pudo|ha podido) entregar|não (pôde|foi possível) (ser )?entreg|nie (mogła|mógł|można) (zostać|być)? ?(dostarcz|doręcz)|не (удалось|может быть) достав|配信できません|送信できません|届きません|お届けできません|無法|无法)/i,
  },
  {
    what: 'text-undelivered',
    weight: 60,
    pattern:
      /(error: invalid user address|(the following addresses|---+) ?had delivery errors|had delivery errors---|you are not a member of this mailing list|no such user here)/i,
  },
  {
    what: 'text-smtp-answer',
    weight: 40,
    pattern: /(^|[\s:(<#])[45]\d\d[- #]{1,2}\(?#?[45]\.\d{1,3}\.\d{1,3}\b|(^|\n)[\s>]*(smtp; ?)?5\d\d[ -]/i,
  },
  {
    what: 'text-original-below',
    weight: 40,
    pattern:
      /(original message (follows|headers|header|text)|copy of (the|your) (original )?(message|mail)|returned message|unsent message|(message|mail) (headers?|is|text) (follow|below|attached|returned)|-{3,} ?(below|original|this is a copy|returned)[^\n]{0,40}|received: from )/i,
  },
];

/** Proof by a header that nothing but bounces and complaints carries. */
export const bounceHeaders: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'x-failed-recipients', pattern: /\S/ },
  { name: 'x-hmxmroriginalrecipient', pattern: /\S/ },
  { name: 'auto-submitted', pattern: /auto-generated \(failure\)/i },
  { name: 'x-mailer', pattern: /bounce|non-?delivery/i },
  { name: 'x-mdaemon-deliver-to-bounce', pattern: /\S/ },
  { name: 'x-ms-exchange-message-is-ndr', pattern: /\S/ },
  { name: 'x-ses-bounce', pattern: /\S/ },
];
