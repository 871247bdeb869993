const MAX_LINE = 200;

/** The line that parts a signature from the text (RFC 3676), as programs and people write it. */
export function isSignatureMark(line: string): boolean {
  return /^(--|—|-- |__|–)\s*$/.test(line);
}

const PROGRAMS =
  '(my|mi|meu|mio|mia|mojego|moim|meinem|mon|mijn|the|el|la|tel[eé]f\\p{L}*|telefon\\p{L}*|smartphone|smartfon\\p{L}*|urządzeni\\p{L}*|aplikacji|programu|correo|correio|posta|poczty|dispositivo|cellulare|outlook|yahoo|mail|e-?mail|gmail|proton|samsung|iphone\\S{0,3}|ipad\\S{0,3}|android|blackberry|huawei|xiaomi|galaxy|typeapp|bluemail|spark|nine|thunderbird|windows|libero)';
const DEVICE = new RegExp(
  `^((sent (from|via|by|with)|wysłan[eo] (z|przez)|enviado (desde|do|a partir do|pelo|via|de)|inviato (da|dal|dalla|con)|gesendet (von|mit)|envoyé (de|depuis)|verzonden (vanaf|met)|отправлено с) .{0,20}?${PROGRAMS}(\\P{L}.{0,80})?|von meinem .{1,60} gesendet|(get|pobierz|obtener|obter|scarica|ottieni|hol(en sie sich)?|télécharger) .{0,20}outlook.{0,80})$`,
  'iu',
);

/** What a telephone or a mail program adds below. */
export function isDeviceLine(line: string): boolean {
  const bare = line.trim();
  return bare.length <= MAX_LINE && DEVICE.test(bare);
}

const CLOSING =
  /^((kind|best|warm|many|with best|with kind)? ?(regards|wishes)|(yours )?(sincerely|faithfully|truly)( yours)?|cheers|(many )?thanks (and|&) (best |kind )?regards|all the best|z poważaniem|(z pozdrowieniami|pozdr)|((dziękuję|dzięki) i )?(serdecznie |gorąco )?pozdrawiam( serdecznie| ciepło)?|(łączę |przesyłam )?(serdeczne )?(pozdrowienia|wyrazy szacunku)|z wyrazami szacunku|miłego dnia|((muchas )?gracias y )?((un |atentos )?saludos?( cordial(es)?)?|(un )?(cordial(es)?|atentos?) saludos?)|(muy )?atentamente|un abrazo|atenciosamente|(com os melhores |melhores )?cumprimentos|abraços?|cordialmente|(grazie e )?((cordiali|distinti|cari|un caro) saluti|saluti( cordiali)?|un saluto)|cordialità|mit (freundlichen|besten) grüßen|(freundliche|viele|liebe|beste|schöne) grüße|mfg|(bien )?cordialement|bien à vous|met vriendelijke groet(en)?|(med )?(vänliga |vänlig )?hälsning(ar)?)\s*[,.!]{0,3}(\s+[\p{Lu}][\p{L}.'-]{1,30}){0,3}$/iu;

// Words that begin sentences as well (`Best Western`, `Thanks, John. Please send it.`): a comma, and nothing but a name behind and below.
const SHORT_CLOSING =
  /^(best|thanks|thank you|many thanks|thx|br|kr|rgds|dziękuję|dzięki|gracias|muchas gracias|att|obrigad[oa]|grazie( mille)?|danke|vielen dank|vg|lg|bg|mvh|merci)\.?\s*,(\s+[\p{Lu}][\p{L}.'-]{1,30}){0,3}$/iu;
const NAME = /^[\p{Lu}][\p{L}.'’-]{0,30}(\s+[\p{Lu}(][\p{L}.'’)-]{0,30}){0,4},?$/u;

/** A closing that stands in a line alone, with or without the name. */
export function isClosing(line: string): boolean {
  const bare = line.trim();
  return bare.length <= MAX_LINE && (CLOSING.test(bare) || SHORT_CLOSING.test(bare));
}

/** Whether what follows a closing is a signature: behind a word that begins sentences as well, it begins with a name. */
export function isSignatureBelow(closing: string, below: readonly string[]): boolean {
  const [next] = below;
  const begins = next === undefined || !SHORT_CLOSING.test(closing.trim()) || NAME.test(next.trim());
  return begins && below.every(canFollowClosing);
}

/** Whether a line can stand below a closing: a name, a number, an address, a notice; no sentence of the letter. */
function canFollowClosing(line: string): boolean {
  const bare = line.trim();
  if (/^(p\.? ?s\.?|n\.? ?b\.?)[\s:]/i.test(bare) || bare.endsWith('?')) return false;
  return (
    bare.length <= 90 ||
    /confidential|disclaimer|poufn|confiden|riservat|vertraulich|privileged|recipient|adresat|destinat/iu.test(bare)
  );
}
